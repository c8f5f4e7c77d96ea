package dev.fluke.cli.command;

import dev.fluke.text.DidYouMean;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and what was perhaps meant. */
final class UsageErrors {
  private UsageErrors() {}

  static String explained(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      return word.startsWith("-") && word.length() > 1
          ? option(word, wrong.getCommandLine())
          : command(word, wrong.getCommandLine());
    }
    if (wrong instanceof MissingParameterException missing
        && missing.getMissing().size() == 1
        && missing.getMissing().get(0) instanceof OptionSpec option) {
      return option.longestName() + " needs a " + option.paramLabel() + " behind it";
    }
    return String.valueOf(wrong.getMessage());
  }

  private static String option(String word, CommandLine command) {
    String name = word.replaceFirst("=.*", "");
    return "no option '"
        + name
        + "'"
        + DidYouMean.hintOr(name, command.getCommandSpec().optionsMap().keySet(), "");
  }

  private static String command(String word, CommandLine command) {
    Set<String> known = command.getSubcommands().keySet();
    if (known.isEmpty()) {
      return "'" + word + "' is a word too many";
    }
    String name = command.getCommandSpec().qualifiedName();
    return "no command '"
        + word
        + (command.getParent() == null ? "'" : "' in '" + name + "'")
        + DidYouMean.hintWithAll(word, known);
  }
}
