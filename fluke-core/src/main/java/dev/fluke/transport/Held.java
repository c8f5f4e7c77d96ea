package dev.fluke.transport;

import dev.fluke.command.Command;
import java.util.Optional;
import java.util.function.Function;

/**
 * The host's lock, held for the apply of one step. Between {@link HostConnection#hold} and {@link
 * #close} no other process applies on this host as this user; checks go through {@link
 * HostConnection#ask} meanwhile. Used by one thread at a time.
 */
public interface Held extends AutoCloseable {

  /** The remark on a host whose lock can't be held; the reason may follow. */
  String TWO_MAY_APPLY = "two processes may both apply here";

  /** Why the lock was not taken; empty if it was, or if the host has no lock. */
  Optional<Answer.None> refused();

  /**
   * Runs one command that may change the host, at most once. If the lock was {@link #refused}, the
   * answer is the refusal, and nothing is sent. After it, the host keeps the lock for the next
   * command as long as this one's limit, and at least as long as {@link HostConnection#hold} says.
   * A command that comes later does not begin.
   *
   * @param command with its {@link Command#timeout()} set
   */
  Answer act(Command command);

  /** Gives the lock back once the last command has ended. Later calls do nothing. */
  @Override
  void close();

  /** A lock that was not taken. */
  static Held notTaken(Answer.None why) {
    return new Held() {
      @Override
      public Optional<Answer.None> refused() {
        return Optional.of(why);
      }

      @Override
      public Answer act(Command command) {
        return why;
      }

      @Override
      public void close() {
        // there is nothing to give back
      }
    };
  }

  /**
   * For a connection without a lock that can be held: each command takes what lock there is.
   *
   * @param act runs a command
   */
  static Held withoutLock(Function<Command, Answer> act) {
    return new Held() {
      @Override
      public Optional<Answer.None> refused() {
        return Optional.empty();
      }

      @Override
      public Answer act(Command command) {
        return act.apply(command);
      }

      @Override
      public void close() {
        // each command gave its lock back when it ended
      }
    };
  }
}
