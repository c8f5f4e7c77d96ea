package dev.fluke.reconcile.internal.guards;

import dev.fluke.guard.Decision;
import dev.fluke.guard.GuardInput;

/** Leaves tasks alone whose drift policy is {@code alert_only} (rule 14). */
final class PolicyGuard implements BuiltInGuard {
  static final String NAME = "policy";

  @Override
  public Decision decide(GuardInput input) {
    return input.policy().applies()
        ? Decision.apply()
        : Decision.leaveAlone(NAME, "drift policy is " + input.policy());
  }

  @Override
  public String bypassed(Decision.LeaveAlone decision, GuardInput input) {
    return "the drift policy " + input.policy();
  }
}
