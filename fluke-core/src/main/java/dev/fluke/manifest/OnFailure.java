package dev.fluke.manifest;

/** What a step that failed, did not converge, or is unknown means for the steps after it. */
public enum OnFailure {
  /** They are not run. */
  ABORT,
  /** They are run; the task still is no success. */
  CONTINUE
}
