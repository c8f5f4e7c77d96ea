package dev.fluke.report;

/**
 * How one task ended on one agent in one cycle: exactly one outcome each. If several fit, the first
 * one in the order of declaration counts.
 */
public enum Outcome {
  /** The reconciler closed, or the agent was removed, before it ended. */
  CANCELLED,
  /** The agent answered none of its checks. */
  UNREACHABLE,
  /** The cycle skipped it; the report says why. */
  SKIPPED,
  /** The answer of a check, or the end of an apply, is not known. */
  UNKNOWN,
  /** An apply failed. */
  FAILED,
  /** An apply succeeded, but the host is not as declared: the check or the apply has a bug. */
  NON_CONVERGENT,
  /** The host is not as declared, and nothing was applied. */
  DRIFTED,
  /** Applied; a check then found the host as declared. */
  REMEDIATED,
  /** The host is as declared; nothing was applied. */
  IN_SYNC;

  /** Whether the host is as declared now: in sync or remediated. */
  public boolean succeeded() {
    return this == IN_SYNC || this == REMEDIATED;
  }
}
