package dev.fluke.executor;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import java.util.List;

/** An executor whose check is one command's exit status. Users implement it. */
public interface CommandCheck extends BatchedCheck {

  /** The author of a check says "can't tell"; as EX_TEMPFAIL in BSD's sysexits.h. */
  int CANT_TELL = 75;

  /** The read-only command to ask; always the same. */
  Command checkCommand();

  /**
   * What the status of a check that began means: 0 in sync; 75 and 129 to 192 unknown (the author
   * can't tell; a signal); every other number is drift, 127 included, because a runtime that was
   * removed answers so.
   */
  default CheckResult interpret(CommandResult result) {
    return meaningOf(result);
  }

  /** What {@link #interpret(CommandResult)} says; for checks that are more than one command. */
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
    return List.of(checkCommand());
  }

  @Override
  default CheckResult interpret(List<CommandResult> results) {
    return interpret(results.get(0));
  }
}
