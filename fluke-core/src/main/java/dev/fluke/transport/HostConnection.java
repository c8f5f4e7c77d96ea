package dev.fluke.transport;

import dev.fluke.command.Command;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * An open way to one host. Implemented by transports; called by one thread at a time.
 *
 * <p>Methods answer rather than throw: trouble with a command, or with the connection, is a {@link
 * Answer.None}. An interrupt ends the wait soon: what runs is killed, and its answer says so.
 */
public interface HostConnection extends AutoCloseable {

  /**
   * Runs read-only commands, in order, in as few round trips as can be. They may be sent again if
   * an answer was lost.
   *
   * @param commands each with its {@link Command#timeout()} set
   * @return one answer each, in the same order
   */
  List<Answer> ask(List<Command> commands);

  /**
   * Runs one command that may change the host: at most once, under the host's lock.
   *
   * @param command with its {@link Command#timeout()} set
   */
  Answer act(Command command);

  /**
   * Takes the host's lock for the apply of one step: its check is asked again while the lock is
   * held, so that two processes that meet on a host apply once. Never throws; see {@link
   * Held#refused}.
   *
   * <p>The default holds no lock: each command takes its own, if {@link #act} does. See {@link
   * #holdsLock}.
   *
   * @param wait how long the host keeps the lock while it waits for Fluke; then it ends by itself,
   *     so that a connection that dies in silence can't keep it
   */
  default Held hold(Duration wait) {
    return Held.withoutLock(this::act);
  }

  /**
   * Whether {@link #hold} keeps the applies of other processes out, on this host. False by default:
   * then Fluke asks the check just before the apply, and the agent's status says that two processes
   * may both apply.
   */
  default boolean holdsLock() {
    return false;
  }

  /**
   * A connection to a host on which shells can be opened: Fluke's framing, limits and locks over
   * any {@link ShellLine}. Closing it closes the line.
   *
   * @throws UnreachableException if the host has no shell for us
   * @throws IOException if the line fails
   * @throws InterruptedException if the thread was interrupted meanwhile
   */
  static HostConnection overShells(ShellLine line, Target target)
      throws UnreachableException, IOException, InterruptedException {
    return ShellConnection.over(line, target);
  }

  /** Whether it can still be used; once false it stays so. */
  boolean isOpen();

  /** What was found on the host of the shells and programs that Fluke can use there, by name. */
  default List<String> capabilities() {
    return List.of();
  }

  /**
   * What is worth knowing about this host, for people. By default, that it has no lock if it {@link
   * #holdsLock holds none}.
   */
  default List<String> remarks() {
    return holdsLock() ? List.of() : List.of(Held.TWO_MAY_APPLY);
  }

  /** Ends it and all it started for checks; an apply under way is left to end by itself. */
  @Override
  void close();
}
