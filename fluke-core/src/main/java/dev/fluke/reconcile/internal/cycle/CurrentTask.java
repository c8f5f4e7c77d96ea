package dev.fluke.reconcile.internal.cycle;

import org.jspecify.annotations.Nullable;

/**
 * The task that a cycle works on now, so that a call that never returns can be reported for its
 * task.
 */
final class CurrentTask {
  private volatile @Nullable TaskRun task;

  void set(TaskRun current) {
    task = current;
  }

  boolean is(TaskRun other) {
    return task == other;
  }
}
