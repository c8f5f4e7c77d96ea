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
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.reconcile.internal.record.Observers;
import dev.fluke.report.CycleObserver;
import dev.fluke.report.CycleReport;
import dev.fluke.report.EndedTask;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  private final List<EndedTask> observed = new ArrayList<>();
  private final CycleObserver observer =
      new CycleObserver() {
        @Override
        public void ended(EndedTask task) {
          observed.add(task);
        }
      };
  private final OutcomeRecorder recorder =
      new OutcomeRecorder(
          events,
          incidents,
          new Observers(List.of(observer), time, thread),
          () -> REVISION,
          (task, agent) -> task.selector().matches(agent),
          DriftPolicy.REMEDIATE_AND_ALERT,
          agent -> {});
  private final ManagedAgent web = LaneFixture.managed(Agent.named("web"), time);

  @AfterEach
  void close() {
    time.close();
  }

  private List<TaskReport> reports(Scope scope, Outcome outcome, String why) {
    PendingCycle<TaskReport, CycleReport> cycle =
        new PendingCycle<>(List.of("web"), OutcomeRecorderTest::report);
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
  void givesObserversTheEndsOfAJobThatNeverBegan() {
    List<TaskReport> reports = reports(Scope.all(), Outcome.CANCELLED, "closed");
    time.runUntilIdle();

    assertThat(observed).extracting(EndedTask::report).isEqualTo(reports);
    assertThat(observed)
        .allSatisfy(
            task -> {
              assertThat(task.agent()).isEqualTo(web.agent());
              assertThat(task.applied()).isFalse();
              assertThat(task.cycle()).isEqualTo(1);
              assertThat(task.request().actor()).isEqualTo("application");
            });
  }

  @Test
  void handsOutTheEndOfATaskOnceForEachJob() {
    AgentJob job = AgentJob.of(web, LaneFixture.request(Kind.AUTOMATIC), pending());
    EndedTask end = ended("a", Outcome.FAILED);

    recorder.taskEnded(job, end, new TaskState(true));
    recorder.taskEnded(job, ended("a", Outcome.CANCELLED), new TaskState(true));
    recorder.taskEnded(job, ended("b", Outcome.IN_SYNC), new TaskState(true));
    time.runUntilIdle();

    assertThat(observed)
        .extracting(task -> task.report().task() + " " + task.report().outcome())
        .containsExactly("a FAILED", "b IN_SYNC");
    assertThat(incidents.status()).as("of a only").hasSize(1);
    assertThat(events.dropped()).isZero();
  }

  private EndedTask ended(String task, Outcome outcome) {
    TaskReport report =
        TaskReport.of(
            "web",
            new TaskReport.Declared(task, DriftPolicy.ALERT_ONLY, "c1"),
            new TaskReport.End(outcome, "", Optional.empty()),
            List.of());
    return new EndedTask(web.agent(), report, false, "", 1, CycleReport.Request.NONE);
  }

  private static PendingCycle<TaskReport, CycleReport> pending() {
    return new PendingCycle<>(List.of("nobody"), OutcomeRecorderTest::report);
  }

  private static CycleReport report(List<TaskReport> tasks) {
    return CycleReport.of(
        new CycleReport.Opening(1, Trigger.MANUAL, Instant.EPOCH, CycleReport.Request.NONE),
        Instant.EPOCH,
        tasks,
        List.of());
  }

  @Test
  void opensNoIncidentForWhatNeverBegan() {
    reports(Scope.all(), Outcome.UNKNOWN, "the cycle failed");

    assertThat(incidents.status()).isEmpty();
  }
}
