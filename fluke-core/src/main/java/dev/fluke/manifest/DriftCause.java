package dev.fluke.manifest;

/** Why a task has drifted; the first that holds, in this order. */
public enum DriftCause {
  /** What is declared differs from what was last seen in sync or last tried. */
  DESIRED_CHANGED,
  /** The last apply failed, did not converge, or its end is not known. */
  APPLY_INCOMPLETE,
  /** It was in sync before. */
  REGRESSED,
  /** Agent and task met while Fluke watched, and it was never applied since. */
  NEVER_APPLIED,
  /** Fluke's memory does not reach back far enough to say. */
  UNDETERMINED
}
