package dev.fluke.executor;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The machine behind an agent, while an executor checks or applies. Only Fluke implements it.
 *
 * <p>In a check, commands must be read-only, because Fluke sends them again if the answer was lost.
 * In an apply, Fluke sends each command at most once, under the host's lock. Use it only on the
 * thread that calls the executor, and only until that call returns.
 */
public interface Host {

  /**
   * Runs one command and waits for its end.
   *
   * <p>Blocks at most for the command's limit or, if it has none, the step's. Unless set, that is
   * 60 s in a check and 15 minutes in an apply. A non-zero exit status is a result, not an
   * exception.
   *
   * @return exit status and output
   * @throws HostException if the command did not begin, or its end is not known. An executor need
   *     not catch it, and Fluke takes note of it even if the executor does
   * @throws IllegalStateException if the agent has no host
   */
  CommandResult run(Command command);

  /**
   * Runs several commands: in a check in one round trip, in an apply one by one until one fails.
   *
   * @return their results, in order
   * @throws HostException if one of them has no result
   */
  List<CommandResult> runAll(List<Command> commands);

  /**
   * The text of a secret, for an executor that uses it itself, such as in a request to an API. From
   * now on Fluke hides it in everything that it shows. Secrets of commands are hidden anyway.
   *
   * @throws IllegalStateException if it can't be had; an executor need not catch it
   */
  String secret(Secret secret);

  /** The agent's name. */
  String agent();

  /** The agent's labels, unmodifiable. */
  Map<String, String> labels();

  /** The time by the wall clock; virtual time in tests with the testkit. */
  Instant time();

  /**
   * Waits, within the step's limit.
   *
   * @throws InterruptedException if the limit is reached or the reconciler closes meanwhile
   */
  void pause(Duration time) throws InterruptedException;
}
