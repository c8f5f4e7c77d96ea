package dev.fluke.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    Path script = dir.resolve("upstream/scripts/fluke");
    Files.createDirectories(script.getParent());
    Files.writeString(
        script,
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -cp '%s' dev.fluke.cli.Main \"$@\"\n"
            .formatted(
                ProcessHandle.current().info().command().orElseThrow(),
                System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    String identity = "git -c user.name=x -c user.email=x@example.com ";
    run("cd upstream && git init -q && git add . && " + identity + "commit -qm x", Map.of());
    return dir.resolve("upstream");
  }

  private String run(String script, Map<String, String> env) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", script).directory(dir.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("FLUKE_"));
    builder.environment().putAll(env);
    Path out = Files.createTempFile(dir, "out", ".txt");
    Process process = builder.redirectOutput(out.toFile()).start();
    int status = process.waitFor();
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

  @Test
  void runsEveryCommandOfThePage() throws Exception {
    int port = Sshd.freePort(); // another daemon may have the one of the page
    List<String> script =
        new ArrayList<>(List.of("set -e", "trap 'kill $(jobs -p) 2>&- || :' EXIT"));
    for (String block : blocks()) {
      script.add(block);
      if (block.contains("fluke init")) {
        script.add("sed -i 's/:7071/:%1$s/' fluke.yaml".formatted(port));
        script.add("export FLUKE_SERVER=http://127.0.0.1:" + port);
      }
    }
    Path home = Files.createDirectory(dir.resolve("home"));

    String said =
        run(
            String.join("\n", script),
            Map.of(
                "HOME",
                home.toString(),
                "GIT_CONFIG_COUNT",
                "1",
                "GIT_CONFIG_KEY_0",
                "url." + repository().toUri() + ".insteadOf",
                "GIT_CONFIG_VALUE_0",
                URL));

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
}
