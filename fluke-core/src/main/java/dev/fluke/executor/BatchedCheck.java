package dev.fluke.executor;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import java.util.List;

/**
 * An executor whose check is nothing but commands, known beforehand: its checks share a round trip
 * with those of other tasks. Users implement it.
 */
public interface BatchedCheck extends Executor {

  /** The read-only commands to ask; at least one, always the same. */
  List<Command> checkCommands();

  /**
   * What the answers mean.
   *
   * @param results one for each command, in order; commands without a result are not interpreted,
   *     they make the check unknown
   * @throws Exception means that it can't be told
   */
  CheckResult interpret(List<CommandResult> results) throws Exception;

  @Override
  default CheckResult check(Host host) throws Exception {
    return interpret(host.runAll(checkCommands()));
  }
}
