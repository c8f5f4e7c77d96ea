package dev.fluke.reconcile.internal.incident;

/**
 * Where an incident stands: its phase, and what its alerts said last. All that can happen to an
 * open incident is decided here. Immutable.
 *
 * <p>The end of an incident is still to be announced as long as the last alert did not say that it
 * is healed.
 */
record IncidentState(Phase phase, Announced lastAnnounced) {

  /** Whether the trouble goes on. */
  enum Phase {
    OPEN,
    /** It is over; for ten minutes it may come back as the same incident. */
    OVER
  }

  /** What the last alert said. */
  enum Announced {
    FOUND,
    FAILED,
    HEALED
  }

  /** What happens to an incident. */
  enum Happening {
    /** A check found drift that nothing will be applied to. */
    LEFT_ALONE,
    /** A check found drift, and an apply follows now or after its back-off. */
    TO_BE_APPLIED,
    /** An apply did not help, or its end is not known. */
    APPLY_FAILED,
    /** An apply helped. */
    APPLY_HELPED,
    /** A check found it in sync, and nothing was applied. */
    IN_SYNC,
    /** Another day passed. */
    DAY_PASSED
  }

  /**
   * The effect of what happened.
   *
   * @param to the state after it
   * @param announced whether sinks get an alert about it
   */
  record Change(IncidentState to, boolean announced) {}

  /** An incident whose first alert says this. */
  static IncidentState opening(Announced first) {
    return new IncidentState(Phase.OPEN, first);
  }

  Change after(Happening what) {
    return switch (what) {
      case LEFT_ALONE ->
          lastAnnounced == Announced.HEALED
              ? announcing(Phase.OPEN, Announced.FOUND)
              : silently(Phase.OPEN);
      case TO_BE_APPLIED -> silently(Phase.OPEN);
      case APPLY_FAILED -> announcingNews(Phase.OPEN, Announced.FAILED);
      case APPLY_HELPED -> announcingNews(Phase.OVER, Announced.HEALED);
      case IN_SYNC -> silently(Phase.OVER);
      case DAY_PASSED ->
          phase == Phase.OVER
              ? silently(Phase.OVER)
              : announcing(
                  Phase.OPEN, lastAnnounced == Announced.HEALED ? Announced.FOUND : lastAnnounced);
    };
  }

  /** Whether an alert must still say that it is over. */
  boolean isEndOwed() {
    return lastAnnounced != Announced.HEALED;
  }

  /** Announces it unless that is what was announced last. */
  private Change announcingNews(Phase next, Announced what) {
    return lastAnnounced == what ? silently(next) : announcing(next, what);
  }

  private static Change announcing(Phase next, Announced what) {
    return new Change(new IncidentState(next, what), true);
  }

  private Change silently(Phase next) {
    return new Change(new IncidentState(next, lastAnnounced), false);
  }
}
