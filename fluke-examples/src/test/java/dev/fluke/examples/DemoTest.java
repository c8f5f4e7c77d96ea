package dev.fluke.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.examples.demo.Demo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, as {@code scripts/demo} starts it; its end is its verdict on itself. */
@Tag("slow")
class DemoTest {
  @TempDir Path dir;

  private record Played(int exit, List<String> lines) {}

  private Played play(String... variant) throws Exception {
    List<String> argv =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djava.io.tmpdir=" + dir,
                "-cp",
                System.getProperty("java.class.path"),
                Demo.class.getName()));
    argv.addAll(List.of(variant));
    Process demo = new ProcessBuilder(argv).redirectErrorStream(true).start();
    String printed = new String(demo.getInputStream().readAllBytes(), UTF_8);
    return new Played(demo.waitFor(), printed.lines().toList());
  }

  private void everyActIsSeen(Played played) {
    assertThat(played.lines()).last().isEqualTo("demo: 9 of 9 acts seen");
    assertThat(played.exit()).isZero();
  }

  private void nothingIsLeft() {
    assertThat(dir).isEmptyDirectory();
    assertThat(ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")))
        .noneMatch(line -> line.contains(dir.toString()));
  }

  @Test
  void everyActHappensOnThisMachine() throws Exception {
    everyActIsSeen(play());
    nothingIsLeft();
  }

  @Test
  void everyActHappensOnThreeHostsOverSsh() throws Exception {
    Played played = play("ssh");

    everyActIsSeen(played);
    for (String name : List.of("web-01", "web-02", "web-03")) {
      assertThat(played.lines()).anyMatch(line -> line.startsWith("    " + name + ": ssh "));
    }
    nothingIsLeft();
  }

  @Test
  void anotherVariantIsRefused() throws Exception {
    Played played = play("telnet");

    assertThat(played.lines()).first().asString().contains("say nothing, or ssh, instead of");
    assertThat(played.exit()).isEqualTo(1);
    nothingIsLeft();
  }
}
