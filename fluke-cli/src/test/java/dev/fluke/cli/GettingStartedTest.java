package dev.fluke.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of docs/getting-started.md. */
@Tag("slow")
class GettingStartedTest {
  private static final Path PAGE = Path.of("..", "docs", "getting-started.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final String URL = "https://github.com/fluke-java/fluke.git";

  @TempDir Path dir;

  /** A repository whose scripts/fluke is this build, in place of the one in the tutorial. */
  private Path repository() throws Exception {
    InstalledFluke.install(dir, dir.resolve("upstream/scripts/fluke"));
    String identity = "git -c user.name=x -c user.email=x@example.com ";
    Program.sh(dir, "cd upstream && git init -q && git add . && " + identity + "commit -qm x");
    return dir.resolve("upstream");
  }

  private String run(List<String> prefix, Path home, Path repository) {
    try {
      return ended(prefix, home, repository);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private String ended(List<String> prefix, Path home, Path repository) throws Exception {
    List<String> script =
        new ArrayList<>(List.of("set -e", "trap 'kill $(jobs -p) 2>&- || :' EXIT"));
    script.addAll(blocks());
    List<String> argv = new ArrayList<>(prefix);
    argv.addAll(List.of("bash", "-c", String.join("\n", script)));
    ProcessBuilder builder =
        new ProcessBuilder(argv).directory(home.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("FLUKE_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "GIT_CONFIG_COUNT",
                "1",
                "GIT_CONFIG_KEY_0",
                "url." + repository.toUri() + ".insteadOf",
                "GIT_CONFIG_VALUE_0",
                URL));
    Path out = Files.createTempFile(dir, "out", ".txt");
    int status = builder.redirectOutput(out.toFile()).start().waitFor();
    String said = Files.readString(out, UTF_8);
    assertThat(status).as(said).isZero();
    return said;
  }

  private static List<String> blocks() throws Exception {
    List<String> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }

  private static void isHealed(String said) {
    assertThat(said)
        .contains("fluke 0.", "wrote fluke.yaml", "valid: 1 task, 1 agent")
        .containsPattern("here +greeting +file +would be applied")
        .contains("exit status 2: drift remains")
        .containsPattern("drift_remediated +here +greeting")
        .containsPattern("here +greeting +REMEDIATED +REGRESSED")
        .contains("\nhello\n")
        .containsPattern("here +greeting +IN_SYNC")
        .contains("no drift: every checked task is as declared", "description: a file that says");
  }

  @Test
  void runsEveryCommandOfThePageAsRootAndAsAUser() throws Exception {
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path repository = repository();
    try (RealUser user = RealUser.added()) {
      Program.sh(dir, "cp -a upstream theirs; chown -R " + user.name() + " theirs");
      CompletableFuture<String> ofUser =
          CompletableFuture.supplyAsync(
              () -> run(user.prefix(), user.home(), dir.resolve("theirs")));

      isHealed(run(asRoot(), Files.createDirectory(dir.resolve("home")), repository));

      isHealed(ofUser.get());
      Path socket = user.home().resolve(".local/state/fluke/fluke.sock");
      assertThat(socket).doesNotExist();
      assertThat(Files.getPosixFilePermissions(socket.getParent()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Root with a /run of its own: another daemon of root may run on this machine. */
  private List<String> asRoot() {
    return List.of(
        "unshare",
        "--mount",
        "sh",
        "-c",
        "mount -t tmpfs -o mode=755 tmpfs /run && exec \"$@\"",
        "sh",
        "env",
        "HOME=" + dir.resolve("home"));
  }
}
