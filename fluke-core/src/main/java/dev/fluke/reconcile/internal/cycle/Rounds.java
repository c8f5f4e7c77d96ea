package dev.fluke.reconcile.internal.cycle;

import dev.fluke.reconcile.internal.connection.HostAccess;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * In which order the tasks of a cycle are checked and decided: first all that are not known to be
 * slow, in one round trip (rule 10); slow ones follow in a round of their own.
 */
final class Rounds {
  private final List<TaskRun> notYetChecked;
  private final Deque<TaskRun> undecided = new ArrayDeque<>();

  Rounds(List<TaskRun> tasks) {
    this.notYetChecked = new ArrayList<>(tasks);
  }

  /** The next to decide; null if the round has none left. */
  @Nullable TaskRun next() {
    return undecided.peekFirst();
  }

  /** As {@link #next}, where there is one. */
  TaskRun first() {
    return undecided.getFirst();
  }

  void decided(TaskRun task) {
    undecided.remove(task);
  }

  /** Whether every task was in a round. */
  boolean areAllChecked() {
    return notYetChecked.isEmpty();
  }

  /**
   * Checks the tasks of the next round.
   *
   * @param only whether nothing is to be decided
   */
  void checkNext(CheckRunner checks, boolean only) {
    List<TaskRun> fast = notYetChecked.stream().filter(Predicate.not(TaskRun::isSlow)).toList();
    List<TaskRun> round = fast.isEmpty() ? List.copyOf(notYetChecked) : fast;
    checks.check(round);
    notYetChecked.removeAll(new HashSet<>(round));
    if (!only) {
      undecided.addAll(round);
    }
  }

  /** Decides the rest without checks. */
  void skipChecks() {
    undecided.addAll(notYetChecked);
    notYetChecked.clear();
  }

  /**
   * Checks again what an apply or the time made stale, up to the next task that would be applied:
   * that one is asked again under the host's lock.
   *
   * @param forced whether tasks in sync are applied, too
   */
  void checkStale(CheckRunner checks, HostAccess access, boolean forced) {
    List<TaskRun> stale =
        undecided.stream()
            .limit(forced ? 1 : undecided.size())
            .takeWhile(task -> !task.isDrifted())
            .filter(task -> task.isToBeAskedAgain(access))
            .toList();
    checks.check(stale);
    stale.forEach(task -> task.askedAgain(access.applies()));
  }
}
