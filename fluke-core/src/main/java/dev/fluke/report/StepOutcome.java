package dev.fluke.report;

/** How one step of a task ended on one agent in one cycle. */
public enum StepOutcome {
  /** As declared; not applied. */
  IN_SYNC,
  /** Not as declared, and left alone. */
  DRIFTED,
  /** Applied, and verified. */
  APPLIED,
  /** Its apply failed. */
  FAILED,
  /** Its apply succeeded, and still the host is not as declared. */
  NON_CONVERGENT,
  /** It can't be told. */
  UNKNOWN,
  /** A step before it stood in its way. */
  NOT_RUN
}
