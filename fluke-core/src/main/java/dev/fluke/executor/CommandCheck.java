package dev.fluke.executor;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import java.util.List;

/** An executor whose check is the exit status of one command. Users implement it. */
public interface CommandCheck extends BatchedCheck {

  /** The exit status by which a check says that it can't tell: EX_TEMPFAIL of BSD's sysexits.h. */
  int CANT_TELL = 75;

  /** The read-only command of the check, the same one at each call. */
  Command checkCommand();

  /**
   * Says what the exit status means. 0 is in sync. 75 (the check can't tell) and 129 to 192 (a
   * signal ended it) are unknown. Every other status is drift, also 127, because that is the status
   * when the runtime of a check was removed.
   */
  default CheckResult interpret(CommandResult result) {
    return meaningOf(result);
  }

  /** Does what {@link #interpret(CommandResult)} does, for checks of several commands. */
  static CheckResult meaningOf(CommandResult result) {
    int status = result.exitStatus();
    if (status == 0) {
      return CheckResult.inSync();
    }
    String said = result.tail(400);
    String found = "exit status " + status + (said.isEmpty() ? "" : ": " + said);
    if (status == CANT_TELL) {
      return CheckResult.unknown(found + " (75 means: the check can't tell)");
    }
    if (status >= 129 && status <= 192) {
      return CheckResult.unknown(found + " (128 + signal " + (status - 128) + ")");
    }
    CheckResult.Drifted drifted = CheckResult.drifted("check", "exit status 0", found);
    return switch (status) {
      case 126 -> drifted.doubting("command not executable");
      case 127 -> drifted.doubting("command not found");
      default -> drifted;
    };
  }

  @Override
  default List<Command> checkCommands() {
    Command command = checkCommand();
    if (command == null) {
      throw new NullPointerException(
          "checkCommand() of " + getClass().getName() + " returned null");
    }
    return List.of(command);
  }

  @Override
  default CheckResult interpret(List<CommandResult> results) {
    return interpret(results.get(0));
  }
}
