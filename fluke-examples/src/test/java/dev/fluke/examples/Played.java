package dev.fluke.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An example that was started as its script starts it, and how it ended. */
public record Played(int exit, List<String> lines) {

  /** Plays it to its end; its temporary files are below this directory. */
  public static Played in(Path dir, Class<?> example, String... arguments) throws Exception {
    List<String> argv =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djava.io.tmpdir=" + dir,
                "-cp",
                System.getProperty("java.class.path"),
                example.getName()));
    argv.addAll(List.of(arguments));
    Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Played(process.waitFor(), printed.lines().toList());
  }

  /** Neither files nor processes are left of what was played there. */
  public static void leftNothingIn(Path dir) {
    assertThat(dir).isEmptyDirectory();
    assertThat(ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")))
        .noneMatch(line -> line.contains(dir.toString()));
  }
}
