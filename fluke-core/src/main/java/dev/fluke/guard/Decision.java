package dev.fluke.guard;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/** What a guard says about a drifted task on an agent. Immutable. */
public sealed interface Decision {

  /** Nothing speaks against the apply. */
  record Apply() implements Decision {}

  /**
   * The task is left alone.
   *
   * @param by the name of the guard, such as {@code policy}
   * @param reason for people: one line, such as {@code drift policy is alert_only}
   * @param until when the guard expects to allow it; empty if it does not know
   */
  record LeaveAlone(String by, String reason, Optional<Instant> until) implements Decision {
    /** Checks that nothing is missing. */
    public LeaveAlone {
      requireNonNull(by, "by");
      requireNonNull(reason, "reason");
      requireNonNull(until, "until");
    }
  }

  /** Allows the apply. */
  static Decision apply() {
    return new Apply();
  }

  /** Leaves the task alone, for a time that the guard does not know. */
  static Decision leaveAlone(String by, String reason) {
    return new LeaveAlone(by, reason, Optional.empty());
  }

  /** Leaves the task alone until then. */
  static Decision leaveAlone(String by, String reason, Instant until) {
    return new LeaveAlone(by, reason, Optional.of(until));
  }

  /** Whether the task may be applied. */
  default boolean isApply() {
    return this instanceof Apply;
  }
}
