package dev.fluke.executor;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The machine behind an agent, as an executor sees it while it works. Implemented by Fluke only.
 *
 * <p>In a check its commands are asked: they must be read-only, and may be sent again if an answer
 * was lost. In an apply they act: each is sent at most once, under the host's lock. For use by the
 * thread that the executor was called on, until the call returns.
 */
public interface Host {

  /**
   * Runs one command and waits for its end.
   *
   * <p>Blocks at most for the command's limit: its own, or the step's (60 s in a check, 15 minutes
   * in an apply unless set). A non-zero exit status is an answer, not an exception.
   *
   * @return exit status and output
   * @throws HostException if there is no result: not begun, or the end is not known. An executor
   *     need not catch it; swallowed or not, Fluke knows what happened
   * @throws IllegalStateException if the agent has no host
   */
  CommandResult run(Command command);

  /**
   * Runs several commands, in a check in one round trip, in an apply one by one until one fails.
   *
   * @return their results, in order
   * @throws HostException if one of them has no result
   */
  List<CommandResult> runAll(List<Command> commands);

  /** The agent's name. */
  String agent();

  /** The agent's labels, unmodifiable. */
  Map<String, String> labels();

  /** The time, as Fluke sees it. */
  Instant time();

  /**
   * Lets time pass, inside the step's limit.
   *
   * @throws InterruptedException if the limit is reached or the reconciler closes meanwhile
   */
  void pause(Duration time) throws InterruptedException;
}
