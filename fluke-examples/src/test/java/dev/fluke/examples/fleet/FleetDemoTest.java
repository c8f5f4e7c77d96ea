package dev.fluke.examples.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.examples.Played;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fleet, as {@code scripts/demo fleet} starts it; its end is its verdict on itself. */
@Tag("slow")
class FleetDemoTest {
  private static final Path SCRIPT = Path.of("../scripts/lib/hosts").toAbsolutePath().normalize();

  @TempDir Path dir;

  @Test
  void playsEveryActOnSixRealHosts() throws Exception {
    Played played = Played.in(dir, FleetDemo.class, SCRIPT.toString(), "7");

    assertThat(played.lines())
        .as("all: %s", played.lines())
        .last()
        .isEqualTo("demo: 7 of 7 acts seen");
    assertThat(played.exit()).isZero();
    assertThat(played.lines())
        .contains("    the seed of this mess is 7")
        .filteredOn(line -> line.matches(" +[a-z]+-\\d\\d: .+: somebody .+"))
        .hasSize(12);
    assertThat(played.lines())
        .anyMatch(line -> line.matches(" *web-01 +site +REMEDIATED NEVER_APPLIED.* IN_SYNC"))
        .anyMatch(line -> line.matches(" *worker-02 +queues +REMEDIATED NEVER_APPLIED.* IN_SYNC"));
    Played.leftNothingIn(dir);
  }

  @Test
  void failsWithoutHostsAndLeavesNothing() throws Exception {
    Played played = Played.in(dir, FleetDemo.class, "/bin/false");

    assertThat(played.lines()).anyMatch(line -> line.contains("no hosts came up"));
    assertThat(played.exit()).isEqualTo(1);
    Played.leftNothingIn(dir);
  }
}
