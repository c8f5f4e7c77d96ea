package dev.fluke.reconcile.internal.revision;

/** The result of one poll of a source. */
enum PollResult {
  /** A new revision is in force. */
  ADOPTED,
  /** The source answered, but gave nothing that could be adopted. */
  NOTHING_NEW,
  /** The source did not answer. */
  UNAVAILABLE
}
