package dev.fluke.examples.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The repository that says what should be: a temporary one, committed to with {@code git}. */
final class Infra {
  private final Path dir;

  private Infra(Path dir) {
    this.dir = dir;
  }

  static Infra in(Path dir) throws IOException, InterruptedException {
    Infra infra = new Infra(Files.createDirectory(dir));
    infra.git("init", "-q", "-b", "main");
    return infra;
  }

  String url() {
    return "file://" + dir;
  }

  /** Writes a file and commits it; the id of the commit, shortened. */
  String commit(String message, String file, String text) throws IOException, InterruptedException {
    Files.writeString(dir.resolve(file), text);
    git("add", file);
    git("commit", "-q", "-m", message);
    return git("rev-parse", "--short", "HEAD");
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    List<String> argv =
        new ArrayList<>(
            List.of("git", "-c", "user.name=demo", "-c", "user.email=demo@example.com"));
    argv.addAll(List.of(arguments));
    Process git =
        new ProcessBuilder(argv).directory(dir.toFile()).redirectErrorStream(true).start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (git.waitFor() != 0) {
      throw new IOException(String.join(" ", argv) + ": " + said);
    }
    return said;
  }
}
