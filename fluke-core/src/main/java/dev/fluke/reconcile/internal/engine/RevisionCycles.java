package dev.fluke.reconcile.internal.engine;

import dev.fluke.report.Trigger;

/** When a new revision needs a cycle of its own, however it came. */
final class RevisionCycles {
  private RevisionCycles() {}

  /**
   * A new revision needs a cycle of all agents, unless one was just opened with it. Before the
   * timers run, the application opens the cycles: then a new revision needs one only if the
   * application asked for new revisions.
   *
   * @param polledFor what the sources were polled for; {@code REVISION} if for nothing else
   * @param opened whether that was opened after the poll
   * @param running whether the timers run
   */
  static boolean isDue(Trigger polledFor, boolean opened, boolean running) {
    boolean coversAll = polledFor == Trigger.START || polledFor == Trigger.APPLICATION;
    boolean wanted = running || polledFor == Trigger.REVISION;
    return wanted && !(opened && coversAll);
  }
}
