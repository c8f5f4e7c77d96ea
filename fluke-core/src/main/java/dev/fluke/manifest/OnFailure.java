package dev.fluke.manifest;

/** What happens to later steps after a step failed, did not converge, or is unknown. */
public enum OnFailure {
  /** Later steps do not run. */
  ABORT,
  /** Later steps run; the task does not count as successful. */
  CONTINUE
}
