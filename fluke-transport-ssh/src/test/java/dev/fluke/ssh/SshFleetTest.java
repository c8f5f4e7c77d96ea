package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Many hosts at once. */
class SshFleetTest {
  @RegisterExtension static final Lab lab = new Lab();
  @TempDir Path dir;

  /**
   * Black holes are given up after ten minutes here: a host that waited for one would be found. By
   * how much the others are late is measured by {@code scripts/prove neighbours}.
   */
  @Tag("T01")
  @Tag("S01")
  @Test
  void checksAllOthersBesideHostsThatAnswerNothing() throws Exception {
    SshFleet fleet = lab.opened(SshFleet.of(36, dir));
    List<Ssh> ways = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      FullDoor door = lab.opened(new FullDoor());
      ways.add(fleet.ways().get(i).port(door.port()).connectingWithin(Duration.ofMinutes(10)));
    }
    ways.addAll(fleet.ways());
    SshFleet.Answered answered = new SshFleet.Answered();
    Reconciler reconciler = SshFleet.over(ways, answered);

    CompletableFuture<CycleReport> cycle = Lab.aside(reconciler::cycle);

    lab.until("all others are checked", () -> answered.count() == 36);
    assertThat(cycle).isNotDone();
    reconciler.close();
    assertThat(Waiting.result(cycle).tasks())
        .filteredOn(task -> task.outcome() == Outcome.IN_SYNC)
        .hasSize(36);
  }

  @Tag("rule-31")
  @Test
  void closesAllConnectionsAtOnce() throws Exception {
    SshFleet fleet = lab.opened(SshFleet.of(60, dir));
    Reconciler reconciler = SshFleet.over(fleet.ways(), new SshFleet.Answered());
    assertThat(reconciler.cycle().succeeded()).isTrue();
    assertThat(fleet.connections()).isEqualTo(60);
    assertThat(reconciler.status().agents())
        .allSatisfy(
            agent ->
                assertThat(agent.capabilities())
                    .containsExactly("/bin/sh", "/bin/bash", "timeout", "flock", "setsid"));

    long start = System.nanoTime(); // one after the other would take 0.7 s each, if none answers
    reconciler.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(35));
    lab.until("all are gone", () -> fleet.connections() == 0);
  }
}
