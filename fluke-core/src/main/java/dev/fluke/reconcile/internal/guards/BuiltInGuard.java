package dev.fluke.reconcile.internal.guards;

import dev.fluke.guard.Decision;
import dev.fluke.guard.Guard;
import dev.fluke.guard.GuardInput;

/** A guard of Fluke's own. It is pure and fast, so it may be asked under a task's lock. */
interface BuiltInGuard extends Guard {
  /** What a manual run bypassed, for its report, such as "the drift policy alert_only". */
  String bypassed(Decision.LeaveAlone decision, GuardInput input);
}
