package dev.fluke.report;

/** How one step of a task ended on one agent in one cycle. */
public enum StepOutcome {
  /** As declared; nothing was applied. */
  IN_SYNC,
  /** Not as declared; nothing was applied. */
  DRIFTED,
  /** Applied; a check then found it as declared. */
  APPLIED,
  /** Its apply failed. */
  FAILED,
  /** Its apply succeeded, but the host is not as declared. */
  NON_CONVERGENT,
  /** The answer of its check, or the end of its apply, is not known. */
  UNKNOWN,
  /** Not run, because of how a step before it ended. */
  NOT_RUN
}
