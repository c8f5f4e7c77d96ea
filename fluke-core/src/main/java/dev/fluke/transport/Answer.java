package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is known of a command that was sent: how it ended, or why that is not known. Transports make
 * it. Immutable.
 */
public sealed interface Answer {

  /** It began and ended. */
  record Finished(CommandResult result) implements Answer {}

  /**
   * There is no result.
   *
   * @param reason what is known instead; decides what Fluke does next
   * @param why for people: one line, printable, no secrets
   * @param stillRunning ends with 0 while the command still runs; empty on a host with a lock
   * @param printed what it had printed until then, as far as that came; its exit status has no
   *     meaning. Empty if it did not begin, or printed nothing
   */
  record None(
      Reason reason, String why, Optional<Command> stillRunning, Optional<CommandResult> printed)
      implements Answer {

    /** Of a command that printed nothing, as far as is known. */
    public None(Reason reason, String why, Optional<Command> stillRunning) {
      this(reason, why, stillRunning, Optional.empty());
    }

    /** The same, of a command that had printed this. */
    public None printing(CommandResult output) {
      return new None(reason, why, stillRunning, Optional.of(output));
    }
  }

  /** What is known about a command without a result. */
  enum Reason {
    /** It surely did not begin, and the connection is fine: no shell, no such user, no right. */
    NOT_BEGUN,
    /** It surely did not begin, and the connection is gone. */
    CONNECTION_LOST,
    /** It ran into its limit (or was cancelled) and was killed; that it is gone was confirmed. */
    KILLED,
    /** It may have begun, and nobody knows whether and how it ended. */
    END_NOT_KNOWN,
    /** It printed more than a check may, and was killed. */
    TOO_MUCH_OUTPUT,
    /** What came back may be the output of something else: never an answer. */
    GARBLED,
    /** An earlier apply on this host still runs and holds the lock; this one did not begin. */
    LOCKED;

    /** Whether the answer went with the connection, so that a check may be sent again. */
    public boolean isLost() {
      return switch (this) {
        case CONNECTION_LOST, END_NOT_KNOWN -> true;
        case NOT_BEGUN, KILLED, TOO_MUCH_OUTPUT, GARBLED, LOCKED -> false;
      };
    }
  }

  /** Answers with the function that fits. */
  default <T> T fold(Function<CommandResult, T> finished, Function<None, T> none) {
    return this instanceof Finished f ? finished.apply(f.result()) : none.apply((None) this);
  }

  /** An answer that is a result. */
  static Answer finished(CommandResult result) {
    return new Finished(result);
  }

  /** An answer that is none. */
  static Answer none(Reason reason, String why) {
    return new None(reason, why, Optional.empty());
  }

  /**
   * The answer for an apply that may still run, on a host without a lock.
   *
   * @param why for people: one line, printable, no secrets
   * @param stillRunning ends with 0 while the apply runs; Fluke runs it before the next apply
   */
  static Answer endNotKnown(String why, Command stillRunning) {
    return new None(Reason.END_NOT_KNOWN, why, Optional.of(stillRunning));
  }
}
