package dev.fluke.reconcile.internal.cycle;

import dev.fluke.reconcile.internal.connection.PrintedOutput;
import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.report.CycleObserver.CheckedStep;
import dev.fluke.report.CycleObserver.StepInCycle;
import dev.fluke.report.StepOutcome;
import java.time.Duration;
import java.util.function.Consumer;

/** Hands out how checks and applies of steps ended, as values that stay. */
final class StepEnds {
  private final Consumer<CheckedStep> checked;
  private final Consumer<AppliedStep> applied;
  private final FailedApply failed;
  private final String agent;
  private final CycleRequest request;

  /** Is given what a failed apply printed. */
  interface FailedApply {
    void printed(AppliedStep step, String stdout, String stderr);
  }

  static StepEnds of(Turn turn, CycleRequest request) {
    return new StepEnds(
        turn::stepChecked, turn::stepApplied, turn::applyFailed, turn.agent().name(), request);
  }

  /** Hands out the steps of one agent in one cycle. */
  StepEnds(
      Consumer<CheckedStep> checked,
      Consumer<AppliedStep> applied,
      FailedApply failed,
      String agent,
      CycleRequest request) {
    this.checked = checked;
    this.applied = applied;
    this.failed = failed;
    this.agent = agent;
    this.request = request;
  }

  /** The step's latest check took this long. */
  void checked(TaskRun task, StepRun run, Duration took) {
    checked.accept(new CheckedStep(place(task, run), run.latest(), took));
  }

  /** The step's apply took this long, and printed this. */
  void applied(TaskRun task, StepRun run, Duration took, PrintedOutput printed) {
    AppliedStep step = new AppliedStep(place(task, run), run.outcome(), run.reason(), took);
    if (run.outcome() != StepOutcome.APPLIED) {
      run.failedPrinting(printed.excerpt());
      task.state.applyFailed(request.id());
      failed.printed(step, printed.stdout(), printed.stderr());
    }
    applied.accept(step);
  }

  private StepInCycle place(TaskRun task, StepRun run) {
    return new StepInCycle(request.cycle(), agent, task.task.name(), run.name());
  }
}
