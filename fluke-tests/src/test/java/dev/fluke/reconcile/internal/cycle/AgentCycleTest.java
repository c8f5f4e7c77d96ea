package dev.fluke.reconcile.internal.cycle;

import static dev.fluke.agent.Selector.label;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.connection.Bench;
import dev.fluke.reconcile.internal.cycle.CycleRequest.Kind;
import dev.fluke.reconcile.internal.memory.Declarations;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.source.Revision;
import dev.fluke.testkit.FakeState;
import dev.fluke.tests.support.Pair;
import dev.fluke.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One agent's cycle, stage by stage, as its lane drives it. */
class AgentCycleTest {
  private final Bench bench = new Bench();
  private final FakeState a = bench.web.pair("check a", "fix a");
  private final List<String> calls = new ArrayList<>();

  /** The lane and the engine, as the cycle sees them. */
  private final class Surrounding implements CycleContext, Turn {
    private final Revision revision;
    private final Declarations declarations = new Declarations(bench.time, new LoopThread());

    Surrounding(Task... tasks) {
      revision = Revision.of("code-1", Manifest.of(tasks));
    }

    @Override
    public Scheduler scheduler() {
      return bench.time;
    }

    @Override
    public LoopSettings settings() {
      return LoopSettings.defaults();
    }

    @Override
    public Declarations declarations() {
      return declarations;
    }

    @Override
    public Revision revision() {
      return revision;
    }

    @Override
    public boolean isNew(String task) {
      return true;
    }

    @Override
    public void reach(String point) {}

    @Override
    public Agent agent() {
      return bench.agent;
    }

    @Override
    public TaskState state(String task, boolean taskIsNew) {
      return new TaskState(taskIsNew);
    }

    @Override
    public void checked() {
      calls.add("checked");
    }

    @Override
    public void yieldToManualRuns() {}

    @Override
    public String whyCancelled() {
      return "closing";
    }

    @Override
    public void applying(EndedTask found, TaskState state) {
      calls.add("applying " + found.report().task());
    }

    @Override
    public void throwIfAbandoned() {}
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private AgentCycle cycle(Kind kind, Task... tasks) {
    return cycle(new CycleRequest(1, kind, Scope.all(), Optional.empty()), tasks);
  }

  private AgentCycle cycle(CycleRequest request, Task... tasks) {
    Surrounding all = new Surrounding(tasks);
    return new AgentCycle(all, request, all, bench.access);
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
    assertThat(cycle.needsConnecting()).isTrue();
    cycle.connect();
    assertThat(cycle.needsConnecting()).isFalse();

    cycle.check();

    assertThat(cycle.isDone()).isTrue();
    assertThat(cycle.isAnswered()).isTrue();
    assertThat(cycle.wantsToApply()).isFalse();
    assertThat(only(cycle).outcome()).isEqualTo(Outcome.IN_SYNC);
    assertThat(calls).containsExactly("checked");
  }

  @Test
  void waitsForItsTurnToApplyWhenATaskDrifted() {
    a.broken();
    AgentCycle cycle = cycle(Kind.AUTOMATIC, Pair.task("a"));

    cycle.check();

    assertThat(cycle.isDone()).isFalse();
    assertThat(cycle.wantsToApply()).isTrue();
    assertThat(bench.web.acted()).isEmpty();
    cycle.apply();
    assertThat(cycle.isDone()).isTrue();
    assertThat(only(cycle).outcome()).isEqualTo(Outcome.REMEDIATED);
    assertThat(calls).containsExactly("checked", "applying a");
  }

  @Test
  void plansWithoutApplying() {
    a.broken();
    AgentCycle cycle = cycle(Kind.PLAN, Pair.task("a"));

    cycle.check();

    assertThat(cycle.isDone()).isTrue();
    assertThat(cycle.wantsToApply()).isFalse();
    assertThat(cycle.plan()).hasSize(1);
    assertThat(bench.web.acted()).isEmpty();
  }

  @Tag("rule-14")
  @Test
  void leavesDriftToPeopleUnderAlertOnly() {
    a.broken();
    Task task = Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build();
    AgentCycle cycle = cycle(Kind.AUTOMATIC, task);

    cycle.check();

    assertThat(cycle.isDone()).isTrue();
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
    AgentCycle cycle = cycle(new CycleRequest(1, Kind.MANUAL, run.scope(), Optional.of(run)), task);

    cycle.check();
    cycle.apply();

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
    CycleRequest request = new CycleRequest(1, Kind.AUTOMATIC, Scope.task("a"), Optional.empty());
    AgentCycle cycle = cycle(request, Pair.task("a"), forDatabases, Pair.task("c"));

    cycle.check();

    assertThat(only(cycle).task()).isEqualTo("a");
    assertThat(bench.web.asked()).containsExactly("check a");
  }

  @Test
  void cancelsTasksThatItDidNotDecide() {
    a.broken();
    AgentCycle cycle = cycle(Kind.AUTOMATIC, Pair.task("a"));
    cycle.check();
    bench.access.cancel();

    cycle.apply();

    TaskReport report = only(cycle);
    assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(report.reason()).isEqualTo("closing");
  }

  @Tag("rule-20")
  @Test
  void endsTheTaskUnknownWhoseCallNeverReturned() {
    a.broken();
    AgentCycle cycle = cycle(Kind.AUTOMATIC, Pair.task("a"));
    cycle.check();

    cycle.abandoned("the check of step 'step' of task 'a'");

    TaskReport report = only(cycle);
    assertThat(report.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(report.reason()).isEqualTo("the check of step 'step' of task 'a' did not return");
  }

  @Test
  void isUnreachableWhenItsHostIs() {
    bench.web.unreachable("no route");
    AgentCycle cycle = cycle(Kind.AUTOMATIC, Pair.task("a"));

    cycle.check();

    assertThat(cycle.isAnswered()).isFalse();
    TaskReport report = only(cycle);
    assertThat(report.outcome()).isEqualTo(Outcome.UNREACHABLE);
    assertThat(report.reason()).isEqualTo("no route");
  }
}
