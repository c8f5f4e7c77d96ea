package dev.fluke.report;

/**
 * How one task ended on one agent in one cycle; exactly one each. The first that fits, in order.
 */
public enum Outcome {
  /** The reconciler closed, or the agent was removed, before it ended. */
  CANCELLED,
  /** None of its checks was answered. */
  UNREACHABLE,
  /** It was passed over, for a reason that the report gives. */
  SKIPPED,
  /** It can't be told: a check's answer, or the end of an apply, is not known. */
  UNKNOWN,
  /** An apply failed. */
  FAILED,
  /** An apply succeeded, and still the host is not as declared: a bug in check or apply. */
  NON_CONVERGENT,
  /** Not as declared, and left alone. */
  DRIFTED,
  /** Applied, and verified to be as declared. */
  REMEDIATED,
  /** As declared; nothing was applied. */
  IN_SYNC;

  /** Whether the task is as declared now. */
  public boolean succeeded() {
    return this == IN_SYNC || this == REMEDIATED;
  }
}
