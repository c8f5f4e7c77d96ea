package dev.fluke.reconcile.internal.cycle;

import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Difference;
import dev.fluke.report.Plan.PlannedStep;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.Plan.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the tasks of a cycle would do: its part of a plan. */
final class PlanAssembler {
  private PlanAssembler() {}

  static List<PlannedTask> of(String agent, List<TaskRun> tasks) {
    return tasks.stream().map(task -> planned(agent, task)).toList();
  }

  private static PlannedTask planned(String agent, TaskRun task) {
    List<PlannedStep> steps = new ArrayList<>();
    boolean behindDrift = false;
    if (!task.declared) { // so it was not checked
      task.steps.forEach(
          run -> steps.add(new PlannedStep(run.name(), Verdict.UNKNOWN, List.of(), task.reason())));
      return new PlannedTask(agent, task.task.name(), Optional.empty(), steps);
    }
    for (StepRun run : task.steps) {
      steps.add(planned(run, behindDrift, task.heldBecause()));
      behindDrift |= run.isDrifted();
    }
    return new PlannedTask(
        agent,
        task.task.name(),
        task.isDrifted() ? Optional.of(task.state.causeOf(task.declaration)) : Optional.empty(),
        steps);
  }

  /** One step; {@code held} says which guard a manual run obeys, if one does. */
  private static PlannedStep planned(StepRun run, boolean behindDrift, String held) {
    String name = run.name();
    List<Difference> differences =
        run.latest() instanceof CheckResult.Drifted drifted ? drifted.differences() : List.of();
    if (behindDrift) {
      return new PlannedStep(name, Verdict.NOT_KNOWN_YET, differences, "");
    }
    return run.latest()
        .fold(
            inSync -> new PlannedStep(name, Verdict.IN_SYNC, List.of(), ""),
            drifted -> new PlannedStep(name, Verdict.WOULD_BE_APPLIED, differences, held),
            unknown -> {
              Verdict verdict = run.answered() ? Verdict.UNKNOWN : Verdict.UNREACHABLE;
              return new PlannedStep(name, verdict, List.of(), unknown.why());
            });
  }
}
