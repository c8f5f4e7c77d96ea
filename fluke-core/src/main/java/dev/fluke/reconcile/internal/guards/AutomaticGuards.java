package dev.fluke.reconcile.internal.guards;

import dev.fluke.manifest.DriftPolicy;
import dev.fluke.reconcile.internal.memory.Declaration;
import dev.fluke.reconcile.internal.memory.TaskState;
import java.util.ArrayList;
import java.util.List;

/**
 * What keeps an automatic cycle from applying a drifted task: its drift policy and the back-off. A
 * manual run bypasses both (rule 23).
 *
 * @param declaration what the task declares now
 * @param now monotonic, in nanoseconds
 */
public record AutomaticGuards(
    DriftPolicy policy, TaskState state, Declaration declaration, long now) {

  /** Whether the cycle may apply the task. */
  public boolean allow() {
    return policy.applies() && !isHeld();
  }

  private boolean isHeld() {
    return state.isHeld(declaration, now);
  }

  /** Why the cycle does not apply the task, for its report. */
  public String reason() {
    return policy.applies()
        ? "held back until %s after %d failed in a row"
            .formatted(state.heldUntil(), state.failures())
        : "drift policy is " + policy;
  }

  /** What becomes of the drift, for events and alerts. */
  public String remediationStatus() {
    if (!policy.applies()) {
      return "pending_manual";
    }
    return state.heldUntil() == null ? "in_progress" : "held";
  }

  /** What a manual run bypasses, for its report; empty if nothing. */
  public String bypassed() {
    List<String> guards = new ArrayList<>();
    if (!policy.applies()) {
      guards.add("the drift policy " + policy);
    }
    if (isHeld()) {
      guards.add("the back-off until " + state.heldUntil());
    }
    return guards.isEmpty() ? "" : "bypassed " + String.join(" and ", guards);
  }
}
