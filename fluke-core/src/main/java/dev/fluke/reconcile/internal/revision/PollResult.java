package dev.fluke.reconcile.internal.revision;

/** What came of a poll of a source. */
enum PollResult {
  /** A new revision is in force. */
  ADOPTED,
  /** The source answered, with nothing that could be adopted. */
  NOTHING_NEW,
  /** The source did not answer. */
  UNAVAILABLE
}
