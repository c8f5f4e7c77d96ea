package dev.fluke.reconcile.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.OnFailure;
import dev.fluke.manifest.Step;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.connection.Bench;
import dev.fluke.reconcile.internal.memory.Declaration;
import dev.fluke.reconcile.internal.memory.DeclaredTask;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.Outcome;
import dev.fluke.report.StepOutcome;
import dev.fluke.testkit.FakeState;
import dev.fluke.tests.support.Pair;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The steps of one drifted task, applied in order. */
class ApplyRunnerTest {
  private final Bench bench = new Bench();
  private final CurrentTask current = new CurrentTask();
  private final CheckRunner checks = new CheckRunner(bench.access, current);
  private final ApplyRunner applies = new ApplyRunner(bench.access, checks, current);
  private final FakeState a = bench.web.pair("check a", "fix a");
  private final FakeState b = bench.web.pair("check b", "fix b");

  @AfterEach
  void close() {
    bench.close();
  }

  /** A task with the steps a and b, after their checks. */
  private TaskRun checked(OnFailure onFailure) {
    Task task =
        Pair.builder("t")
            .step(Step.named("a", Pair.of("a")).onFailure(onFailure))
            .step("b", Pair.of("b"))
            .build();
    bench.web.pair("check t", "fix t").healthy();
    DeclaredTask declared = DeclaredTask.of(Declaration.of(task.name()));
    TaskRun run =
        new TaskRun(task, declared, bench.agent, new TaskState(true), LoopSettings.defaults());
    checks.check(List.of(run));
    return run;
  }

  private static List<StepOutcome> outcomes(TaskRun task) {
    return task.steps.stream().skip(1).map(StepRun::outcome).toList();
  }

  @Tag("rule-15")
  @Test
  void appliesAndVerifiesDriftedSteps() {
    a.broken();
    b.healthy();
    TaskRun task = checked(OnFailure.ABORT);

    assertThat(applies.run(task, false)).isEqualTo(new TaskEnd(Outcome.REMEDIATED, ""));

    assertThat(outcomes(task)).containsExactly(StepOutcome.APPLIED, StepOutcome.IN_SYNC);
    assertThat(bench.web.acted()).containsExactly("fix a");
    assertThat(task.wasApplied()).isTrue();
    assertThat(bench.access.applies()).isEqualTo(1);
  }

  @Test
  void appliesStepsInSyncWhenForced() {
    a.healthy();
    b.healthy();

    applies.run(checked(OnFailure.ABORT), true);

    assertThat(bench.web.acted()).containsExactly("fix t", "fix a", "fix b");
  }

  @Test
  void runsNoStepBehindOneThatFailed() {
    a.broken().applyFails(3);
    b.broken();
    TaskRun task = checked(OnFailure.ABORT);

    assertThat(applies.run(task, false))
        .isEqualTo(new TaskEnd(Outcome.FAILED, "step 'a': exit status 3"));

    assertThat(outcomes(task)).containsExactly(StepOutcome.FAILED, StepOutcome.NOT_RUN);
  }

  @Test
  void runsTheStepBehindAFailureThatMayBeIgnored() {
    a.broken().applyFails(3);
    b.broken();
    TaskRun task = checked(OnFailure.CONTINUE);

    assertThat(applies.run(task, false).outcome()).isEqualTo(Outcome.FAILED);

    assertThat(outcomes(task)).containsExactly(StepOutcome.FAILED, StepOutcome.APPLIED);
  }

  @Tag("rule-16")
  @Test
  void skipsTheTaskWhenAnotherApplyHoldsTheHost() {
    a.broken();
    b.broken();
    TaskRun task = checked(OnFailure.CONTINUE);
    bench.web.locked(true);

    assertThat(applies.run(task, false))
        .isEqualTo(
            TaskEnd.skipped(
                "an earlier apply still runs: another apply on this host holds the lock"));

    assertThat(outcomes(task)).containsExactly(StepOutcome.NOT_RUN, StepOutcome.NOT_RUN);
    assertThat(task.wasApplied()).isFalse();
  }

  @Tag("rule-17")
  @Test
  void verifiesOnAFreshConnectionBeforeItCallsAStepNonConvergent() {
    a.broken().applyDoesNothing();
    b.healthy();
    TaskRun task = checked(OnFailure.ABORT);

    TaskEnd end = applies.run(task, false);

    assertThat(end.outcome()).isEqualTo(Outcome.NON_CONVERGENT);
    assertThat(end.reason()).contains("suspect the apply").contains("apply: fix a");
    assertThat(bench.web.connectionsOpened()).isEqualTo(2);
  }

  @Test
  void startsNoStepAfterItsCycleWasCancelled() {
    a.broken();
    b.broken();
    TaskRun task = checked(OnFailure.ABORT);
    bench.access.cancel();

    applies.run(task, false);

    assertThat(outcomes(task)).containsExactly(StepOutcome.NOT_RUN, StepOutcome.NOT_RUN);
    assertThat(bench.web.acted()).isEmpty();
  }
}
