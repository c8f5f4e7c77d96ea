package dev.fluke.reconcile.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.reconcile.internal.cycle.CycleRequest.Kind;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.TaskReport;
import dev.fluke.report.Trigger;
import dev.fluke.testkit.VirtualTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgentJobTest {
  private static final TaskReport REPORT =
      TaskReport.of(
          "web",
          new TaskReport.Declared("a", DriftPolicy.REMEDIATE, "c1"),
          new TaskReport.End(Outcome.IN_SYNC, "", Optional.empty()),
          List.of());

  private final VirtualTime time = VirtualTime.seeded(1);
  private final ManagedAgent web = LaneFixture.managed(Agent.named("web"), time);

  @AfterEach
  void close() {
    time.close();
  }

  private static PendingCycle<TaskReport, CycleReport> cycle(String agent) {
    return new PendingCycle<>(
        List.of(agent),
        tasks ->
            CycleReport.of(
                new CycleReport.Opening(
                    1, Trigger.INTERVAL, Instant.EPOCH, new CycleReport.Request("", "")),
                Instant.EPOCH,
                tasks,
                List.of()));
  }

  private AgentJob job(Kind kind, PendingCycle<TaskReport, CycleReport> cycle) {
    return AgentJob.of(web, LaneFixture.request(kind), cycle);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void isUrgentUnlessAutomatic(Kind kind) {
    assertThat(job(kind, cycle("web")).isUrgent()).isEqualTo(kind != Kind.AUTOMATIC);
  }

  @Test
  void reportsToEveryCycleThatJoined() {
    PendingCycle<TaskReport, CycleReport> first = cycle("web");
    PendingCycle<TaskReport, CycleReport> second = cycle("web");
    AgentJob job = job(Kind.AUTOMATIC, first);

    assertThat(job.join(job(Kind.AUTOMATIC, second))).isTrue();
    job.reported(List.of(REPORT));

    assertThat(first.result().join().tasks()).containsExactly(REPORT);
    assertThat(second.result().join().tasks()).containsExactly(REPORT);
  }

  @Test
  void joinsNoUrgentJob() {
    AgentJob automatic = job(Kind.AUTOMATIC, cycle("web"));
    AgentJob manual = job(Kind.MANUAL, cycle("web"));

    assertThat(automatic.join(manual)).isFalse();
    assertThat(manual.join(automatic)).isFalse();
    assertThat(manual.join(job(Kind.MANUAL, cycle("web")))).isFalse();
  }

  @Test
  void joinsNoJobOfAnotherAgent() {
    AgentJob other =
        AgentJob.of(
            LaneFixture.managed(Agent.named("web"), time),
            LaneFixture.request(Kind.AUTOMATIC),
            cycle("web"));

    assertThat(job(Kind.AUTOMATIC, cycle("web")).join(other))
        .as("of the same name, but not the same")
        .isFalse();
  }

  @Test
  void handsPlannedTasksToItsPlan() {
    PendingCycle<PlannedTask, Plan> plan =
        new PendingCycle<>(List.of("web"), tasks -> Plan.of(tasks, List.of()));
    AgentJob job = AgentJob.planning(web, LaneFixture.request(Kind.PLAN), plan);

    job.reported(List.of(REPORT));
    assertThat(plan.result()).isNotDone();
    job.planned(List.of(new PlannedTask("web", "a", Optional.empty(), List.of())));

    assertThat(plan.result().join().tasks()).hasSize(1);
  }
}
