package dev.fluke.reconcile.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.CommandResult;
import dev.fluke.command.Mask;
import dev.fluke.manifest.OnFailure;
import dev.fluke.manifest.Step;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.connection.Bench;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.reconcile.internal.cycle.Turn.Standing;
import dev.fluke.reconcile.internal.memory.Declaration;
import dev.fluke.reconcile.internal.memory.DeclaredTask;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.report.CycleObserver.StepInCycle;
import dev.fluke.report.Outcome;
import dev.fluke.report.StepOutcome;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeState;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The steps of one drifted task, applied in order. */
class ApplyRunnerTest {
  private final Bench bench = new Bench();
  private final CurrentTask current = new CurrentTask();
  private final Surrounding around = new Surrounding(bench);
  private final RightToAct right = around.right();
  private final HostAccess access = bench.access(right);
  private final List<AppliedStep> handedOut = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final StepEnds ends =
      new StepEnds(
          checked -> {},
          handedOut::add,
          (step, out, err) -> failed.add(out + "|" + err),
          "web-01",
          new CycleRequest(7, CycleRequest.Kind.AUTOMATIC, Scope.all(), Optional.empty(), "r-7"));
  private final CheckRunner checks = new CheckRunner(access, current, ends);
  private final ApplyRunner applies =
      new ApplyRunner(access, checks, current, right, task -> right.whyNotBegin(task.task));
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
        new TaskRun(
            task, declared, bench.agent, new TaskState(true), LoopSettings.defaults(), new Mask());
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
    assertThat(handedOut)
        .containsExactly(
            new AppliedStep(
                new StepInCycle(7, "web-01", "t", "a"), StepOutcome.APPLIED, "", Duration.ZERO));
    assertThat(bench.web.acted()).containsExactly("fix a");
    assertThat(task.wasApplied()).isTrue();
    assertThat(access.applies()).isEqualTo(1);
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
        .isEqualTo(TaskEnd.skipped("another apply on this host, or its check, holds the lock"));

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
    around.standing = Standing.CLOSING;

    assertThat(applies.run(task, false)).isEqualTo(TaskEnd.cancelled("the reconciler was closed"));

    assertThat(outcomes(task)).containsExactly(StepOutcome.NOT_RUN, StepOutcome.NOT_RUN);
    assertThat(bench.web.acted()).isEmpty();
  }

  @Tag("rule-0")
  @Test
  void letsTheStepUnderWayEndAndBeginsNoOther() {
    a.broken();
    b.broken();
    TaskRun task = checked(OnFailure.ABORT);
    bench.web.answer("fix a", command -> closeDuring(() -> a.healthy()));

    assertThat(applies.run(task, false))
        .isEqualTo(TaskEnd.cancelled("the reconciler was closed; applied before: 'a'"));

    assertThat(outcomes(task)).containsExactly(StepOutcome.APPLIED, StepOutcome.NOT_RUN);
    assertThat(bench.web.acted()).containsExactly("fix a");
  }

  private CommandResult closeDuring(Runnable work) {
    around.standing = Standing.CLOSING;
    work.run();
    return CommandResult.exited(0);
  }

  @Tag("rule-0")
  @Test
  void verifiesNothingOnAnAgentThatWasRemoved() {
    a.broken();
    b.healthy();
    TaskRun task = checked(OnFailure.ABORT);
    int asked = bench.web.asked().size();
    bench.web.answer(
        "fix a",
        command -> {
          around.standing = Standing.REMOVED;
          return CommandResult.exited(0);
        });

    assertThat(applies.run(task, false))
        .isEqualTo(TaskEnd.cancelled("the agent was removed; applied before: 'a'"));

    assertThat(bench.web.asked().subList(asked, bench.web.asked().size()))
        .containsExactly("check a"); // once more before the apply
  }

  @Tag("rule-16")
  @Test
  void sendsNothingWhenTheHostWasHealedMeanwhile() {
    a.broken();
    b.healthy();
    TaskRun task = checked(OnFailure.ABORT);
    a.healthy();

    assertThat(applies.run(task, false)).isEqualTo(new TaskEnd(Outcome.IN_SYNC, ""));

    assertThat(outcomes(task)).containsExactly(StepOutcome.IN_SYNC, StepOutcome.IN_SYNC);
    assertThat(bench.web.acted()).isEmpty();
    assertThat(task.wasApplied()).isFalse();
  }
}
