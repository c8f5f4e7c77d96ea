package dev.fluke.reconcile.internal.cycle;

import static dev.fluke.agent.Selector.label;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.connection.Bench;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.reconcile.internal.cycle.AgentCycle.Stage;
import dev.fluke.reconcile.internal.cycle.CycleRequest.Kind;
import dev.fluke.reconcile.internal.cycle.Turn.Standing;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeState;
import dev.fluke.tests.support.Pair;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One agent's cycle, stage by stage, as its lane drives it. */
class AgentCycleTest {
  private final Bench bench = new Bench();
  private final FakeState a = bench.web.pair("check a", "fix a");
  private Surrounding around = new Surrounding(bench);

  @AfterEach
  void close() {
    bench.close();
  }

  private AgentCycle cycle(Kind kind, Task... tasks) {
    return cycle(new CycleRequest(1, kind, Scope.all(), Optional.empty(), "r-1"), tasks);
  }

  private AgentCycle cycle(CycleRequest request, Task... tasks) {
    around = new Surrounding(bench, tasks);
    RightToAct right = around.right();
    HostAccess access = bench.access(right);
    return new AgentCycle(around, request, around, access, right);
  }

  /** What it needs after its checks. */
  private static Stage checked(AgentCycle cycle) {
    if (cycle.advance(Stage.CHECK) == Stage.CONNECT) {
      cycle.advance(Stage.CONNECT);
    }
    return cycle.advance(Stage.CHECK);
  }

  private static TaskReport only(AgentCycle cycle) {
    List<AgentCycle.Result> results = cycle.end(Outcome.CANCELLED, "not decided");
    assertThat(results).hasSize(1);
    return results.get(0).task().report();
  }

  @Test
  void endsAfterItsChecksWhenNothingDrifted() {
    a.healthy();
    AgentCycle cycle = cycle(Kind.AUTOMATIC, Pair.task("a"));

    assertThat(cycle.advance(Stage.CHECK)).isEqualTo(Stage.CONNECT);
    assertThat(cycle.advance(Stage.CONNECT)).isEqualTo(Stage.CHECK);
    assertThat(cycle.advance(Stage.CHECK)).isEqualTo(Stage.DONE);

    assertThat(cycle.isAnswered()).isTrue();
    assertThat(only(cycle).outcome()).isEqualTo(Outcome.IN_SYNC);
    assertThat(around.calls).containsExactly("checked");
  }

  @Test
  void waitsForItsTurnToApplyWhenATaskDrifted() {
    a.broken();
    AgentCycle cycle = cycle(Kind.AUTOMATIC, Pair.task("a"));

    assertThat(checked(cycle)).isEqualTo(Stage.APPLY);
    assertThat(bench.web.acted()).isEmpty();
    assertThat(cycle.advance(Stage.APPLY)).isEqualTo(Stage.CHECK);
    assertThat(cycle.advance(Stage.CHECK)).isEqualTo(Stage.DONE);

    assertThat(only(cycle).outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(around.calls).containsExactly("checked", "applying a");
  }

  @Test
  void plansWithoutApplying() {
    a.broken();
    AgentCycle cycle = cycle(Kind.PLAN, Pair.task("a"));

    assertThat(checked(cycle)).isEqualTo(Stage.DONE);
    assertThat(cycle.plan()).hasSize(1);
    assertThat(bench.web.acted()).isEmpty();
  }

  @Tag("rule-14")
  @Test
  void leavesDriftToPeopleUnderAlertOnly() {
    a.broken();
    Task task = Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build();
    AgentCycle cycle = cycle(Kind.AUTOMATIC, task);

    assertThat(checked(cycle)).isEqualTo(Stage.DONE);
    TaskReport report = only(cycle);
    assertThat(report.outcome()).isEqualTo(Outcome.DRIFTED);
    assertThat(report.reason()).startsWith("drift policy is alert_only; step 'step': ");
  }

  @Tag("rule-23")
  @Test
  void bypassesAlertOnlyInAManualRun() {
    a.broken();
    Task task = Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build();
    ManualRun run = ManualRun.of(Scope.task("a"));
    AgentCycle cycle =
        cycle(new CycleRequest(1, Kind.MANUAL, run.scope(), Optional.of(run), "r-1"), task);

    checked(cycle);
    cycle.advance(Stage.APPLY);

    TaskReport report = only(cycle);
    assertThat(report.outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(report.reason()).isEqualTo("bypassed the drift policy alert_only");
  }

  @Tag("rule-9")
  @Test
  void takesOnlyTasksThatSelectItsAgentAndAreInScope() {
    a.healthy();
    Task forDatabases =
        Task.named("b").on(label("role").is("db")).step("step", Pair.of("b")).build();
    CycleRequest request =
        new CycleRequest(1, Kind.AUTOMATIC, Scope.task("a"), Optional.empty(), "r-1");
    AgentCycle cycle = cycle(request, Pair.task("a"), forDatabases, Pair.task("c"));

    checked(cycle);

    assertThat(only(cycle).task()).isEqualTo("a");
    assertThat(bench.web.asked()).containsExactly("check a");
  }

  @Test
  void cancelsTasksThatItDidNotDecide() {
    a.broken();
    AgentCycle cycle = cycle(Kind.AUTOMATIC, Pair.task("a"));
    checked(cycle);
    around.standing = Standing.CLOSING;

    assertThat(cycle.advance(Stage.APPLY)).isEqualTo(Stage.DONE);

    TaskReport report = only(cycle);
    assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(report.reason()).isEqualTo("the reconciler was closed");
  }

  @Tag("rule-20")
  @Test
  void endsTheTaskUnknownWhoseCallNeverReturned() {
    a.broken();
    AgentCycle cycle = cycle(Kind.AUTOMATIC, Pair.task("a"));
    checked(cycle);

    cycle.abandoned("the check of step 'step' of task 'a'");

    TaskReport report = only(cycle);
    assertThat(report.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(report.reason()).isEqualTo("the check of step 'step' of task 'a' did not return");
  }

  @Test
  void isUnreachableWhenItsHostIs() {
    bench.web.unreachable("no route");
    AgentCycle cycle = cycle(Kind.AUTOMATIC, Pair.task("a"));

    checked(cycle);

    assertThat(cycle.isAnswered()).isFalse();
    TaskReport report = only(cycle);
    assertThat(report.outcome()).isEqualTo(Outcome.UNREACHABLE);
    assertThat(report.reason()).isEqualTo("no route");
  }

  @Tag("rule-0")
  @ParameterizedTest
  @EnumSource(
      value = Standing.class,
      names = {"REMOVED", "CLOSING", "ENDING"})
  void checksNothingWithoutTheRight(Standing standing) {
    AgentCycle cycle = cycle(Kind.AUTOMATIC, Pair.task("a"));
    around.standing = standing;

    assertThat(cycle.advance(Stage.CHECK)).isEqualTo(Stage.DONE);

    TaskReport report = only(cycle);
    assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(report.reason()).isEqualTo(standing.reason());
    assertThat(bench.web.asked()).isEmpty();
  }

  @Tag("rule-0")
  @Test
  void skipsTasksWhenTheAgentIsReachedInAnotherWay() {
    a.broken();
    AgentCycle cycle = cycle(Kind.AUTOMATIC, Pair.task("a"));
    checked(cycle);
    around.standing = Standing.CHANGED;

    cycle.advance(Stage.APPLY);

    TaskReport report = only(cycle);
    assertThat(report.outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(report.reason()).isEqualTo("superseded: the agent is reached in another way now");
    assertThat(bench.web.acted()).isEmpty();
  }

  @Tag("rule-23")
  @Test
  void yieldsOnceBeforeEachTask() {
    a.healthy();
    AgentCycle cycle = cycle(Kind.AUTOMATIC, Pair.task("a"));
    around.othersWait = true;

    assertThat(checked(cycle)).isEqualTo(Stage.YIELD);
    assertThat(cycle.advance(Stage.CHECK)).isEqualTo(Stage.DONE);
  }

  @Tag("rule-21")
  @Test
  void asksStaleChecksAgainWithAPermitToCheck() {
    a.healthy();
    AgentCycle cycle = cycle(Kind.AUTOMATIC, Pair.task("a"));
    around.othersWait = true;
    checked(cycle);
    a.broken();
    bench.time.runFor(LoopSettings.FRESHNESS);

    assertThat(cycle.advance(Stage.APPLY)).isEqualTo(Stage.CHECK);
    assertThat(cycle.advance(Stage.CHECK)).isEqualTo(Stage.APPLY);
    assertThat(bench.web.acted()).isEmpty();
  }
}
