package dev.fluke.reconcile.internal.cycle;

import dev.fluke.report.Outcome;

/**
 * How a task ends, and why.
 *
 * @param reason for people; empty if there is nothing to say
 */
record TaskEnd(Outcome outcome, String reason) {
  static final TaskEnd LOST_BEFORE_ITS_TURN = skipped("the connection was lost before its turn");

  static TaskEnd skipped(String why) {
    return new TaskEnd(Outcome.SKIPPED, why);
  }

  static TaskEnd cancelled(String why) {
    return new TaskEnd(Outcome.CANCELLED, why);
  }

  /** The host answered none of the task's checks. */
  static TaskEnd notAnswered(String why, boolean anythingApplied) {
    return anythingApplied
        ? skipped("the connection was lost before its turn: " + why)
        : new TaskEnd(Outcome.UNREACHABLE, why);
  }

  /** The same, with more to its reason, if there is more. */
  TaskEnd and(String more) {
    if (more.isEmpty()) {
      return this;
    }
    return new TaskEnd(outcome, reason.isEmpty() ? more : reason + "; " + more);
  }
}
