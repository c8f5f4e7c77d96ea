package dev.fluke.executor;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import java.util.List;

/**
 * An executor whose check consists of commands that are known beforehand. Its checks share a round
 * trip with those of other tasks. Users implement it.
 */
public interface BatchedCheck extends Executor {

  /** The read-only commands of the check: at least one, and the same ones at each call. */
  List<Command> checkCommands();

  /**
   * Says what the results mean. Fluke calls it only if each command has a result; otherwise the
   * check is unknown.
   *
   * @param results one for each command, in order
   * @throws Exception to answer that the check is unknown
   */
  CheckResult interpret(List<CommandResult> results) throws Exception;

  @Override
  default boolean needsHost() {
    return true;
  }

  @Override
  default CheckResult check(Host host) throws Exception {
    return interpret(host.runAll(checkCommands()));
  }
}
