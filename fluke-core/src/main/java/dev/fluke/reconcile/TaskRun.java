package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.report.Outcome;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.TaskReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One task's way through one walk. */
final class TaskRun {
  final Task task;
  final TaskState memory;
  final List<StepRun> steps;
  final List<Object> declaration;
  final DriftPolicy policy;
  private @Nullable DriftCause cause;
  private @Nullable Outcome outcome;
  private String reason = "";
  private boolean applied;
  private long decidedAfter;

  TaskRun(Task task, Agent agent, TaskState memory, LoopSettings settings) {
    this.task = task;
    this.memory = memory;
    this.steps = task.steps().stream().map(step -> new StepRun(step, agent, settings)).toList();
    this.declaration = declarationOf(task);
    this.policy = task.policy().orElse(settings.defaultPolicy());
  }

  /** What the task says should be; its description, selector and policy don't count. */
  static List<Object> declarationOf(Task task) {
    List<Object> said = new ArrayList<>();
    task.steps().forEach(step -> said.add(List.of(step.name(), step.executor().declaration())));
    return said;
  }

  /** Whether a step's check is known to be slow: such a task is decided after the others. */
  boolean isSlow() {
    return steps.stream().anyMatch(run -> memory.isSlow(run.step.name()));
  }

  boolean isAnswered() {
    return steps.stream().anyMatch(StepRun::answered);
  }

  /** Rule 11: drifted if a step is. */
  boolean isDrifted() {
    return steps.stream().anyMatch(StepRun::isDrifted);
  }

  boolean isInSync() {
    return steps.stream().allMatch(StepRun::isInSync);
  }

  void driftedBecause(DriftCause why) {
    cause = why;
  }

  void end(Outcome how, String why) {
    outcome = how;
    reason = why;
  }

  /** Adds to the reason, if there is anything to add. */
  void explain(String more) {
    if (!more.isEmpty()) {
      reason = reason.isEmpty() ? more : reason + "; " + more;
    }
  }

  boolean hasEnded() {
    return outcome != null;
  }

  Outcome outcome() {
    return outcome == null ? Outcome.CANCELLED : outcome;
  }

  void applied() {
    applied = true;
  }

  boolean wasApplied() {
    return applied;
  }

  /** How many applies the host had seen when it was decided. */
  void decidedAfter(long applies) {
    decidedAfter = applies;
  }

  long decidedAfter() {
    return decidedAfter;
  }

  /** Rule 11 for a task that is left alone: drifted if a step is, else unknown, else in sync. */
  Outcome asFound() {
    if (isDrifted()) {
      return Outcome.DRIFTED;
    }
    return isInSync() ? Outcome.IN_SYNC : Outcome.UNKNOWN;
  }

  /** Rule 19 for a task whose steps were run: the first that fits. */
  Outcome fromSteps() {
    if (steps.stream().anyMatch(StepRun::isEndNotKnown)) {
      return Outcome.UNKNOWN;
    }
    if (any(StepOutcome.FAILED)) {
      return Outcome.FAILED;
    }
    if (any(StepOutcome.NON_CONVERGENT)) {
      return Outcome.NON_CONVERGENT;
    }
    if (any(StepOutcome.UNKNOWN)) {
      return Outcome.UNKNOWN;
    }
    if (any(StepOutcome.DRIFTED)) {
      return Outcome.DRIFTED;
    }
    return any(StepOutcome.APPLIED) ? Outcome.REMEDIATED : Outcome.IN_SYNC;
  }

  private boolean any(StepOutcome wanted) {
    return steps.stream().anyMatch(run -> run.outcome() == wanted);
  }

  /** The message of the first step that ended badly. */
  String firstProblem() {
    return steps.stream()
        .filter(run -> run.outcome() != StepOutcome.IN_SYNC && run.outcome() != StepOutcome.APPLIED)
        .filter(run -> run.outcome() != StepOutcome.NOT_RUN)
        .findFirst()
        .map(run -> "step '" + run.step.name() + "': " + run.report().message())
        .orElse("");
  }

  TaskReport report(String agent, String revision) {
    boolean looked = isAnswered();
    return TaskReport.of(
        agent,
        new TaskReport.Declared(task.name(), policy, revision),
        new TaskReport.End(outcome(), reason, Optional.ofNullable(cause)),
        looked ? steps.stream().map(StepRun::report).toList() : List.of());
  }
}
