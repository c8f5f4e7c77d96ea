package dev.fluke.mise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real mise and a real Git on this machine, with a home of their own. */
record MiseOnHost(Path home) {
  private static final String VERSION = "2026.9.15"; // as scripts/lib/setup.sh has it

  static MiseOnHost in(Path dir) throws IOException {
    MiseOnHost host = new MiseOnHost(Files.createDirectory(dir.resolve("home")));
    Files.writeString(
        host.home.resolve(".gitconfig"),
        "[user]\n  name = t\n  email = t@example.com\n[init]\n  defaultBranch = main\n");
    return host;
  }

  static Path mise() {
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    Path usual = Path.of(home, ".cache/fluke", "mise-" + VERSION, "mise");
    Path mise = Path.of(System.getenv().getOrDefault("FLUKE_MISE", usual.toString()));
    assertThat(mise).as("mise, which scripts/test installs; or set FLUKE_MISE").isExecutable();
    return mise;
  }

  private String path() {
    return mise().getParent() + ":/usr/bin:/bin";
  }

  /** The same declaration, with this home and this mise. */
  Mise with(Mise declared) {
    return declared.env("HOME", home.toString()).env("PATH", path());
  }

  /** Runs a program of the host as a person would, and gives what it printed. */
  String run(Path dir, String... argv) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(argv).directory(dir.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("HOME", home.toString());
    environment.put("PATH", path());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(argv), printed).isZero();
    return printed.strip();
  }

  String git(Path dir, String... arguments) throws Exception {
    List<String> argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(arguments));
    return run(dir, argv.toArray(String[]::new));
  }

  /** Writes a file and commits it; gives the commit. */
  String commit(Path repository, String file, String text) throws Exception {
    Files.writeString(repository.resolve(file), text);
    git(repository, "add", "--update");
    git(repository, "add", file);
    git(repository, "commit", "-qm", file);
    return git(repository, "rev-parse", "HEAD");
  }
}
