package dev.fluke.reconcile.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.internal.connection.AddressAccess;
import dev.fluke.reconcile.internal.cycle.CycleRequest.Kind;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan;
import dev.fluke.testkit.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A job whose cycle has not begun; the rest needs hosts, and is tested with lanes. */
class RunningJobTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final LaneFixture.Ends ends = new LaneFixture.Ends();
  private final LaneContext context = LaneFixture.context(time, () -> LaneContext.Phase.OPEN, ends);
  private final ManagedAgent web = LaneFixture.managed(Agent.named("web"), time);
  private final RunningJob running =
      new RunningJob(
          AgentJob.planning(
              web,
              LaneFixture.request(Kind.PLAN),
              new PendingCycle<>(List.of("web"), tasks -> Plan.of(tasks, List.of()))),
          context,
          new AddressAccess(time, () -> {}, call -> () -> {}),
          () -> false);

  @AfterEach
  void close() {
    time.close();
  }

  @Test
  void reportsThatItsCycleNeverBegan() {
    running.report(Outcome.SKIPPED, "stuck");

    assertThat(ends.unwalked).containsExactly("web SKIPPED: stuck");
  }

  @Test
  void remembersThatItEnded() {
    assertThat(running.hasEnded()).isFalse();

    running.markEnded();

    assertThat(running.hasEnded()).isTrue();
  }

  @Test
  void belongsToItsAgentOnly() {
    assertThat(running.isOf(web)).isTrue();
    assertThat(running.isOf(LaneFixture.managed(Agent.named("web"), time))).isFalse();
  }
}
