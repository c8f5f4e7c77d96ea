package dev.fluke.reconcile.internal.cycle;

import dev.fluke.report.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The last check of a cycle that applied something: it checks all tasks again, in one batch. It
 * reports what an apply broke, and names the tasks that were applied in between. It applies
 * nothing.
 */
final class FinalCheck {
  private static final int MOST_NAMES = 10;

  private final List<TaskRun> all;
  private final List<TaskRun> bystanders;
  private final CheckRunner checks;
  private boolean isToCome = true;

  /**
   * A final check that is to come.
   *
   * @param all the tasks of the cycle; a bystander that drifted joins them
   * @param bystanders the agent's other tasks, checked if they were in sync before
   */
  FinalCheck(List<TaskRun> all, List<TaskRun> bystanders, CheckRunner checks) {
    this.all = all;
    this.bystanders = bystanders;
    this.checks = checks;
  }

  boolean isToCome() {
    return isToCome;
  }

  /** Checks, and returns the tasks whose outcome it changed; none if it was cut short. */
  List<TaskRun> run(RightToAct right) {
    isToCome = false;
    List<TaskRun> open = new ArrayList<>(all.stream().filter(FinalCheck::mayChange).toList());
    List<TaskRun> around = bystanders.stream().filter(FinalCheck::wasGood).toList();
    checks.check(Stream.concat(open.stream(), around.stream()).toList());
    if (!right.whyNoCheck().isEmpty()) {
      return List.of();
    }
    for (TaskRun bystander : around) {
      if (bystander.isDrifted()) {
        bystander.end(Outcome.IN_SYNC, "");
        all.add(bystander);
        open.add(bystander);
      }
    }
    List<TaskRun> changed = new ArrayList<>();
    for (TaskRun task : open) {
      // unanswered: the earlier outcome remains
      if (task.steps.stream().allMatch(StepRun::answered) && judge(task, all)) {
        changed.add(task);
      }
    }
    return changed;
  }

  private static boolean wasGood(TaskRun bystander) {
    Outcome last = bystander.state.lastOutcome();
    return last != null && last.succeeded() && bystander.declared;
  }

  /** Whether what is applied later in the cycle may still change its outcome. */
  static boolean mayChange(TaskRun task) {
    return switch (task.outcome()) {
      case IN_SYNC, REMEDIATED, DRIFTED -> true;
      case CANCELLED, UNREACHABLE, SKIPPED, UNKNOWN, FAILED, NON_CONVERGENT -> false;
    };
  }

  private static boolean judge(TaskRun task, List<TaskRun> all) {
    Outcome before = task.outcome();
    if (task.isDrifted() && before.succeeded()) {
      task.driftedBecause(task.state.causeOf(task.declaration));
      task.end(
          before == Outcome.REMEDIATED ? Outcome.NON_CONVERGENT : Outcome.DRIFTED,
          "was in sync until " + appliedAfter(task, all) + " was applied");
      return true;
    }
    if (task.isInSync() && before == Outcome.DRIFTED) {
      task.end(Outcome.IN_SYNC, "in sync again since the apply of " + appliedAfter(task, all));
      return true;
    }
    if (before.succeeded() && !task.isInSync()) {
      task.end(Outcome.UNKNOWN, task.firstProblem());
      return true;
    }
    return false;
  }

  private static String appliedAfter(TaskRun task, List<TaskRun> all) {
    List<String> names =
        all.stream()
            .filter(other -> other != task && other.wasApplied())
            .filter(other -> other.decidedAfter() > task.decidedAfter())
            .map(other -> "'" + other.task.name() + "'")
            .limit(MOST_NAMES + 1)
            .toList();
    if (names.isEmpty()) {
      return "'" + task.task.name() + "' itself";
    }
    boolean more = names.size() > MOST_NAMES;
    return String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES)))
        + (more ? " and others" : "");
  }
}
