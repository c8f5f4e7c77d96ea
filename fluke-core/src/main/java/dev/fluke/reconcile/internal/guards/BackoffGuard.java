package dev.fluke.reconcile.internal.guards;

import dev.fluke.guard.Decision;
import dev.fluke.guard.GuardInput;

/** Leaves tasks alone for a while after their apply failed (rule 22). */
final class BackoffGuard implements BuiltInGuard {
  @Override
  public Decision decide(GuardInput input) {
    GuardInput.History history = input.history();
    return history
        .heldUntil()
        .map(
            until ->
                Decision.leaveAlone(
                    "back-off",
                    "held back until %s after %d failed in a row"
                        .formatted(until, history.failures()),
                    until))
        .orElseGet(Decision::apply);
  }

  @Override
  public String bypassed(Decision.LeaveAlone decision, GuardInput input) {
    return "the back-off until " + decision.until().orElse(input.now());
  }
}
