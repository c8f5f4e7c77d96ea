package dev.fluke.reconcile;

/** What came of a look at a source. */
enum PollResult {
  /** A new revision is in force. */
  ADOPTED,
  /** The source answered, with nothing that could be adopted. */
  NOTHING_NEW,
  /** The source did not answer. */
  AWAY
}
