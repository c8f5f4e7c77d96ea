package dev.fluke.reconcile.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.executor.CheckResult;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.reconcile.internal.cycle.CycleRequest.Kind;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.CycleReport;
import dev.fluke.report.EndedTask;
import dev.fluke.report.Outcome;
import dev.fluke.report.StepOutcome;
import dev.fluke.request.Scope;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One task in one cycle: what its steps make of it. */
class TaskRunTest {
  private static final CycleRequest REQUEST =
      new CycleRequest(7, Kind.AUTOMATIC, Scope.all(), Optional.empty(), "r-7");

  private static CheckResult found(String how) {
    return switch (how) {
      case "in sync" -> CheckResult.inSync();
      case "drifted" -> Probe.drifted("stopped");
      default -> CheckResult.unknown("no idea");
    };
  }

  @Tag("rule-11")
  @ParameterizedTest
  @CsvSource({
    "in sync,in sync,IN_SYNC",
    "in sync,unknown,UNKNOWN",
    "unknown,in sync,UNKNOWN",
    "drifted,unknown,DRIFTED",
    "unknown,drifted,DRIFTED",
    "in sync,drifted,DRIFTED",
    "unknown,unknown,UNKNOWN"
  })
  void isFoundDriftedBeforeUnknownBeforeInSync(String first, String second, Outcome expected) {
    TaskRun task = Probe.run("t", "one", "two");
    Probe.finds(task, found(first), found(second));

    assertThat(task.asFound()).isEqualTo(expected);
    assertThat(task.isDrifted()).isEqualTo(expected == Outcome.DRIFTED);
    assertThat(task.isInSync()).isEqualTo(expected == Outcome.IN_SYNC);
  }

  @Tag("rule-19")
  @ParameterizedTest
  @CsvSource({
    "APPLIED,IN_SYNC,REMEDIATED",
    "IN_SYNC,IN_SYNC,IN_SYNC",
    "NOT_RUN,IN_SYNC,IN_SYNC",
    "APPLIED,DRIFTED,DRIFTED",
    "DRIFTED,UNKNOWN,UNKNOWN",
    "UNKNOWN,NON_CONVERGENT,NON_CONVERGENT",
    "NON_CONVERGENT,FAILED,FAILED",
    "APPLIED,FAILED,FAILED"
  })
  void endsWithTheWorstThatAStepEndedWith(StepOutcome first, StepOutcome second, Outcome expected) {
    TaskRun task = Probe.run("t", "one", "two");
    task.steps.get(0).end(first, "");
    task.steps.get(1).end(second, "");

    assertThat(task.endBySteps().outcome()).isEqualTo(expected);
  }

  @Tag("rule-19")
  @Test
  void endsUnknownWhenTheEndOfAnApplyIsNotKnownThoughAnotherFailed() {
    TaskRun task = Probe.run("t", "one", "two");
    task.steps.get(0).end(StepOutcome.FAILED, "exit status 1");
    task.steps.get(1).endNotKnown("the connection was cut");

    assertThat(task.endBySteps())
        .isEqualTo(new TaskEnd(Outcome.UNKNOWN, "step 'one': exit status 1"));
  }

  @Test
  void namesTheFirstStepThatWentWrongAsItsProblem() {
    TaskRun task = Probe.run("t", "one", "two", "three", "four");
    task.steps.get(0).end(StepOutcome.APPLIED, "fine");
    task.steps.get(1).end(StepOutcome.NOT_RUN, "skipped");
    task.steps.get(2).end(StepOutcome.FAILED, "exit status 3");
    task.steps.get(3).end(StepOutcome.UNKNOWN, "lost");

    assertThat(task.firstProblem()).isEqualTo("step 'three': exit status 3");
    task.steps.get(2).end(StepOutcome.IN_SYNC, "");
    task.steps.get(3).end(StepOutcome.APPLIED, "");
    assertThat(task.firstProblem()).isEmpty();
  }

  @Test
  void takesTheDefaultPolicyUnlessItHasItsOwn() {
    assertThat(Probe.run("t", "one").policy).isEqualTo(DriftPolicy.REMEDIATE);
    assertThat(
            Probe.run(
                    Probe.builder("t", "one").onDrift(DriftPolicy.ALERT_ONLY), new TaskState(true))
                .policy)
        .isEqualTo(DriftPolicy.ALERT_ONLY);
  }

  @Test
  void isSlowWhenOneOfItsStepsIs() {
    TaskState state = new TaskState(true);
    TaskRun task = Probe.run(Probe.builder("t", "one", "two"), state);
    state.remembersSlow("other");
    assertThat(task.isSlow()).isFalse();

    state.remembersSlow("two");

    assertThat(task.isSlow()).isTrue();
  }

  @Test
  void reportsItsStepsOnlyAfterOneWasAnswered() {
    TaskRun task = Probe.run("t", "one");
    task.end(Outcome.UNREACHABLE, "no route");
    assertThat(task.ended(Probe.WEB, "code-1", REQUEST).report().steps()).isEmpty();
    Probe.finds(task, Probe.drifted("stopped"));
    task.driftedBecause(DriftCause.REGRESSED);
    task.applied();

    EndedTask ended = task.ended(Probe.WEB, "code-1", REQUEST);

    assertThat(ended.report().steps()).hasSize(1);
    assertThat(ended.report().cause()).contains(DriftCause.REGRESSED);
    assertThat(ended.report().outcome()).isEqualTo(Outcome.UNREACHABLE);
    assertThat(ended.report().reason()).isEqualTo("no route");
    assertThat(ended.report().revision()).isEqualTo("code-1");
    assertThat(ended.report().agent()).isEqualTo("web-01");
    assertThat(ended.applied()).isTrue();
    assertThat(ended.remediationStatus()).isEqualTo("in_progress");
    assertThat(ended.cycle()).isEqualTo(7);
    assertThat(ended.request()).isEqualTo(CycleReport.Request.NONE);
  }

  @Test
  void isReportedCancelledUntilItEnds() {
    TaskRun task = Probe.run("t", "one");

    assertThat(task.hasEnded()).isFalse();
    assertThat(task.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(task.ended(Probe.WEB, "code-1", REQUEST).report().reason()).isEmpty();
  }
}
