package dev.fluke.reconcile.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.event.EventStore;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.cycle.CycleRequest;
import dev.fluke.reconcile.internal.cycle.CycleRequest.Kind;
import dev.fluke.reconcile.internal.incident.AlertDispatcher;
import dev.fluke.reconcile.internal.incident.IncidentTracker;
import dev.fluke.reconcile.internal.lane.AgentJob;
import dev.fluke.reconcile.internal.lane.LaneFixture;
import dev.fluke.reconcile.internal.lane.ManagedAgent;
import dev.fluke.reconcile.internal.lane.PendingCycle;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.Plan.Verdict;
import dev.fluke.report.TaskReport;
import dev.fluke.report.Trigger;
import dev.fluke.request.Scope;
import dev.fluke.source.Revision;
import dev.fluke.testkit.VirtualTime;
import dev.fluke.tests.support.Pair;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs that end before their cycle begins; the rest is tested with cycles. */
class OutcomeRecorderTest {
  private static final Revision REVISION =
      Revision.of(
          "c1",
          Manifest.of(
              Pair.task("a"),
              Pair.builder("b").onDrift(DriftPolicy.ALERT_ONLY).build(),
              Task.named("other").on(Selector.agent("db")).step("s", Pair.of("o")).build()));

  private final VirtualTime time = VirtualTime.seeded(1);
  private final LoopThread thread = new LoopThread();
  private final EventRecorder events = new EventRecorder(time, EventStore.inMemory(10), thread);
  private final IncidentTracker incidents =
      new IncidentTracker(
          time, new AlertDispatcher(List.of(), time, thread, events), task -> "infra");
  private final OutcomeRecorder recorder =
      new OutcomeRecorder(
          events, incidents, () -> REVISION, DriftPolicy.REMEDIATE_AND_ALERT, agent -> {});
  private final ManagedAgent web = LaneFixture.managed(Agent.named("web"), time);

  @AfterEach
  void close() {
    time.close();
  }

  private List<TaskReport> reports(Scope scope, Outcome outcome, String why) {
    PendingCycle<TaskReport, CycleReport> cycle =
        new PendingCycle<>(
            List.of("web"),
            tasks ->
                CycleReport.of(
                    new CycleReport.Opening(
                        1, Trigger.MANUAL, Instant.EPOCH, new CycleReport.Request("", "")),
                    Instant.EPOCH,
                    tasks,
                    List.of()));
    CycleRequest request = LaneFixture.request(Kind.MANUAL, scope);
    recorder.endedUnwalked(AgentJob.of(web, request, cycle), outcome, why);
    return cycle.result().join().tasks();
  }

  @Test
  void reportsEachTaskThatSelectsTheAgent() {
    List<TaskReport> reports = reports(Scope.all(), Outcome.SKIPPED, "stuck: a check");

    assertThat(reports).extracting(TaskReport::task).containsExactly("a", "b");
    assertThat(reports)
        .allSatisfy(
            report -> {
              assertThat(report.agent()).isEqualTo("web");
              assertThat(report.outcome()).isEqualTo(Outcome.SKIPPED);
              assertThat(report.reason()).isEqualTo("stuck: a check");
              assertThat(report.revision()).isEqualTo("c1");
              assertThat(report.steps()).isEmpty();
            });
    assertThat(reports)
        .extracting(TaskReport::policy)
        .as("the default where a task has none")
        .containsExactly(DriftPolicy.REMEDIATE_AND_ALERT, DriftPolicy.ALERT_ONLY);
  }

  @Test
  void reportsOnlyTasksInScope() {
    assertThat(reports(Scope.task("b"), Outcome.CANCELLED, "closed"))
        .extracting(TaskReport::task)
        .containsExactly("b");
    assertThat(reports(Scope.task("other"), Outcome.CANCELLED, "closed")).isEmpty();
  }

  @Test
  void plansEveryStepAsUnknown() {
    PendingCycle<PlannedTask, Plan> plan =
        new PendingCycle<>(List.of("web"), tasks -> Plan.of(tasks, List.of()));

    recorder.endedUnwalked(
        AgentJob.planning(web, LaneFixture.request(Kind.PLAN), plan), Outcome.SKIPPED, "stuck");

    assertThat(plan.result().join().tasks())
        .allSatisfy(
            task ->
                assertThat(task.steps())
                    .singleElement()
                    .satisfies(
                        step -> {
                          assertThat(step.verdict()).isEqualTo(Verdict.UNKNOWN);
                          assertThat(step.message()).isEqualTo("stuck");
                        }))
        .hasSize(2);
  }

  @Test
  void opensNoIncidentForWhatNeverBegan() {
    reports(Scope.all(), Outcome.UNKNOWN, "the cycle failed");

    assertThat(incidents.status()).isEmpty();
  }
}
