package dev.fluke.reconcile.internal.cycle;

import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.report.CycleObserver.CheckedStep;
import dev.fluke.report.CycleObserver.StepInCycle;
import java.time.Duration;
import java.util.function.Consumer;

/** Hands out how checks and applies of steps ended, as values that stay. */
final class StepEnds {
  private final Consumer<CheckedStep> checked;
  private final Consumer<AppliedStep> applied;
  private final String agent;
  private final long cycle;

  static StepEnds of(Turn turn, long cycle) {
    return new StepEnds(turn::stepChecked, turn::stepApplied, turn.agent().name(), cycle);
  }

  /** Hands out the steps of one agent in one cycle. */
  StepEnds(Consumer<CheckedStep> checked, Consumer<AppliedStep> applied, String agent, long cycle) {
    this.checked = checked;
    this.applied = applied;
    this.agent = agent;
    this.cycle = cycle;
  }

  /** The step's latest check took this long. */
  void checked(TaskRun task, StepRun run, Duration took) {
    checked.accept(new CheckedStep(place(task, run), run.latest(), took));
  }

  /** The step's apply took this long. */
  void applied(TaskRun task, StepRun run, Duration took) {
    applied.accept(new AppliedStep(place(task, run), run.outcome(), run.reason(), took));
  }

  private StepInCycle place(TaskRun task, StepRun run) {
    return new StepInCycle(cycle, agent, task.task.name(), run.name());
  }
}
