package dev.fluke.transport;

import dev.fluke.command.Command;
import java.util.Optional;

/**
 * The host's lock, held for the apply of one step. Between {@link HostConnection#hold} and {@link
 * #close} no other process applies on this host as this user; checks go through {@link
 * HostConnection#ask} meanwhile. Used by one thread at a time.
 */
public interface Held extends AutoCloseable {

  /** Why the lock was not taken; empty if it was, or if the host has no lock. */
  Optional<Answer.None> refused();

  /**
   * Runs one command that may change the host, at most once. If the lock was {@link #refused}, the
   * answer is the refusal, and nothing is sent.
   *
   * @param command with its {@link Command#timeout()} set
   */
  Answer act(Command command);

  /** Gives the lock back once the last command has ended. Later calls do nothing. */
  @Override
  void close();

  /** For a connection without a lock that can be held: each command takes what lock there is. */
  static Held withoutLock(HostConnection connection) {
    return new Held() {
      @Override
      public Optional<Answer.None> refused() {
        return Optional.empty();
      }

      @Override
      public Answer act(Command command) {
        return connection.act(command);
      }

      @Override
      public void close() {
        // each command gave its lock back when it ended
      }
    };
  }
}
