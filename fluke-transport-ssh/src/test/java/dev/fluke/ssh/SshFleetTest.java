package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.reconcile.Reconciler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Many hosts at once. */
class SshFleetTest {
  @RegisterExtension static final Lab lab = new Lab();
  @TempDir Path dir;

  /** As {@code scripts/prove neighbours}, with half a second for what else this machine does. */
  @Tag("T01")
  @Tag("S01")
  @Test
  void hostsThatAnswerNothingDelayNoOther() throws Exception {
    Neighbours neighbours = new Neighbours(lab.opened(SshFleet.of(40, dir)).ways(), 4);
    neighbours.alone(); // what is loaded first takes longer

    double alone = neighbours.alone();
    double beside = neighbours.besideTheDead();

    assertThat(beside).isLessThanOrEqualTo(1.2 * alone + 0.5);
  }

  @Tag("rule-31")
  @Test
  void aFleetIsLetGoAtOnce() throws Exception {
    SshFleet fleet = lab.opened(SshFleet.of(60, dir));
    Reconciler reconciler = SshFleet.over(fleet.ways(), new AtomicLong());
    assertThat(reconciler.cycle().succeeded()).isTrue();
    assertThat(fleet.connections()).isEqualTo(60);
    assertThat(reconciler.status().agents())
        .allSatisfy(
            agent ->
                assertThat(agent.capabilities())
                    .containsExactly("/bin/sh", "/bin/bash", "timeout", "flock", "setsid"));

    long start = System.nanoTime();
    reconciler.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    lab.until("all are gone", () -> fleet.connections() == 0);
  }
}
