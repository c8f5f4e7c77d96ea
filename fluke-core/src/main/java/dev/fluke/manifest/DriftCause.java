package dev.fluke.manifest;

/** Why a task has drifted: the first cause, in this order, that holds. */
public enum DriftCause {
  /** The declaration differs from the one that was last in sync or last applied. */
  DESIRED_CHANGED,
  /** The last apply failed, did not converge, or its end is not known. */
  APPLY_INCOMPLETE,
  /** It was in sync before. */
  REGRESSED,
  /** Agent and task came together while Fluke watched, and the task was never applied since. */
  NEVER_APPLIED,
  /** Fluke's memory does not reach back far enough to say. */
  UNDETERMINED
}
