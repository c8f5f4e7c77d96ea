package dev.fluke.reconcile;

import java.util.ArrayList;
import java.util.List;

/** What would have kept an automatic cycle from applying, and doesn't keep a manual run. */
final class BypassedGuards {
  private BypassedGuards() {}

  /** In words for the report; empty if nothing was passed over. */
  static String by(TaskRun task, long now) {
    List<String> guards = new ArrayList<>();
    if (!task.policy.applies()) {
      guards.add("drift policy " + task.policy);
    }
    if (task.memory.isHeld(task.declaration, now)) {
      guards.add("back-off until " + task.memory.heldUntil());
    }
    return guards.isEmpty() ? "" : "passed over: " + String.join(", ", guards);
  }
}
