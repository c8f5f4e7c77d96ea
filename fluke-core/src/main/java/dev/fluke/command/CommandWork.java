package dev.fluke.command;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a command runs: program and arguments, or a script.
 *
 * @param argv empty for a script
 * @param script null for a program
 */
record CommandWork(List<String> argv, @Nullable String script, boolean inDefaultShell) {

  /** The script, or program and arguments as one would type them. */
  String text() {
    return script != null
        ? script
        : argv.stream().map(CommandWork::asTyped).collect(Collectors.joining(" "));
  }

  /** The same for the agent's default shell. */
  CommandWork inShellOfAgent() {
    return new CommandWork(argv, script, true);
  }

  private static String asTyped(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : ShellQuoting.quote(word);
  }
}
