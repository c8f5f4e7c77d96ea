package dev.fluke.cli.command;

import dev.fluke.text.DidYouMean;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Explains errors of the command line and suggests the nearest word. */
final class UsageErrors {
  private UsageErrors() {}

  static String explain(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      return word.startsWith("-") && word.length() > 1
          ? option(word, wrong.getCommandLine())
          : command(word, wrong.getCommandLine());
    }
    if (wrong instanceof MissingParameterException missing
        && missing.getMissing().size() == 1
        && missing.getMissing().get(0) instanceof OptionSpec option) {
      return "option %s requires a value: %s".formatted(option.longestName(), option.paramLabel());
    }
    return String.valueOf(wrong.getMessage());
  }

  private static String option(String word, CommandLine command) {
    String name = word.replaceFirst("=.*", "");
    Set<String> known = command.getCommandSpec().optionsMap().keySet();
    return "unknown option '%s'%s".formatted(name, DidYouMean.hintOr(name, known, ""));
  }

  private static String command(String word, CommandLine command) {
    Set<String> known = command.getSubcommands().keySet();
    if (known.isEmpty()) {
      return "unexpected argument '%s'".formatted(word);
    }
    boolean isRoot = command.getParent() == null;
    String within = isRoot ? "" : " in '%s'".formatted(command.getCommandSpec().qualifiedName());
    return "unknown command '%s'%s%s".formatted(word, within, DidYouMean.hintWithAll(word, known));
  }
}
