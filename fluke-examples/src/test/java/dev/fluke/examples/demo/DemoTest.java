package dev.fluke.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.examples.Played;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, as {@code scripts/demo} starts it; its end is its verdict on itself. */
@Tag("slow")
class DemoTest {
  @TempDir Path dir;

  private Played play(String... variant) throws Exception {
    return Played.in(dir, Demo.class, variant);
  }

  private void everyActIsSeen(Played played) {
    assertThat(played.lines()).last().isEqualTo("demo: 9 of 9 acts seen");
    assertThat(played.exit()).isZero();
  }

  @Test
  void playsEveryActOnThisMachine() throws Exception {
    everyActIsSeen(play());
    Played.leftNothingIn(dir);
  }

  @Test
  void playsEveryActOnThreeHostsOverSsh() throws Exception {
    Played played = play("ssh");

    everyActIsSeen(played);
    for (String name : List.of("web-01", "web-02", "web-03")) {
      assertThat(played.lines()).anyMatch(line -> line.startsWith("    " + name + ": ssh "));
    }
    Played.leftNothingIn(dir);
  }

  @Test
  void rejectsAnotherVariant() throws Exception {
    Played played = play("telnet");

    assertThat(played.lines()).first().asString().contains("say nothing, or ssh, instead of");
    assertThat(played.exit()).isEqualTo(1);
    Played.leftNothingIn(dir);
  }
}
