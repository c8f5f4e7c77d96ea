package dev.fluke.transport;

import static dev.fluke.command.ShellQuoting.quote;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The environment that a command adds, in words for a shell. It is set as late as can be, in the
 * shell that becomes the command: what Fluke itself runs before that never sees it, whatever it
 * says of {@code PATH}, libraries or shells. No value stands in an argument.
 */
final class CommandEnvironment {
  private static final String SHELL_OPTIONS = "SHELLOPTS";
  private static final String BASH_OPTIONS = "BASHOPTS";
  private static final String START_FILE = "BASH_ENV";

  /** A bash reads these when it starts, and refuses to assign them later. */
  private static final Set<String> READ_AT_START = Set.of(SHELL_OPTIONS, BASH_OPTIONS);

  /** What {@code set -o} takes in a bash and lets it run commands still. */
  private static final Set<String> SET_BY_NAME =
      Set.of(
          "allexport",
          "braceexpand",
          "errexit",
          "errtrace",
          "functrace",
          "hashall",
          "ignoreeof",
          "interactive-comments",
          "keyword",
          "noclobber",
          "noglob",
          "nounset",
          "physical",
          "pipefail",
          "posix",
          "verbose",
          "xtrace");

  private static final Predicate<String> OPTION = Pattern.compile("[a-z0-9_]+").asMatchPredicate();

  private final Map<String, String> variables;
  private final boolean isForBash;
  private final String carrier;

  /**
   * Sets nothing yet.
   *
   * @param isForBash whether the command is a text for the default shell, and that is a bash
   */
  CommandEnvironment(Map<String, String> variables, boolean isForBash) {
    this.variables = variables;
    this.isForBash = isForBash;
    String prefix = "FLUKE_";
    while (hasNameLike(prefix)) {
      prefix += "_";
    }
    this.carrier = prefix;
  }

  private boolean hasNameLike(String prefix) {
    return variables.keySet().stream().anyMatch(name -> name.startsWith(prefix));
  }

  /** Sets it in the shell that becomes the command. */
  String set() {
    StringBuilder words = new StringBuilder();
    variables.forEach((name, value) -> words.append(setting(name, quote(value))));
    return words.toString();
  }

  /** Hands it on to the shell that becomes the command, under names that mean nothing. */
  String carried() {
    StringBuilder words = new StringBuilder();
    int number = 0;
    for (String value : variables.values()) {
      words.append(exporting(carrier + number++, quote(value)));
    }
    return words.toString();
  }

  /** Sets it in the shell that becomes the command, which got it {@link #carried}. */
  String takeCarried() {
    StringBuilder words = new StringBuilder();
    int number = 0;
    for (String name : variables.keySet()) {
      String from = carrier + number++;
      words.append(setting(name, "$" + from)).append("unset ").append(from).append("; ");
    }
    return words.toString();
  }

  private String setting(String name, String value) {
    if (!READ_AT_START.contains(name)) {
      return exporting(name, value);
    }
    // a sh may be a bash, too
    return isForBash
        ? ""
        : "(%s=%s) 2>/dev/null && { %s}; ".formatted(name, value, exporting(name, value));
  }

  private static String exporting(String name, String value) {
    return name + "=" + value + "; export " + name + "; ";
  }

  /**
   * Does what a bash that starts in this environment does before its first command; it traces the
   * command, and not these words.
   */
  String asAtTheStartOfABash() {
    if (!isForBash) {
      return "";
    }
    List<String> words = new ArrayList<>();
    String more = options(BASH_OPTIONS, OPTION, " ");
    if (!more.isEmpty()) {
      words.add("export BASHOPTS; shopt -s" + more + " 2>/dev/null");
    }
    if (variables.containsKey(START_FILE)) {
      words.add("[ ! -f \"$BASH_ENV\" ] || . \"$BASH_ENV\"");
    }
    String options = options(SHELL_OPTIONS, SET_BY_NAME::contains, " -o ");
    if (!options.isEmpty()) {
      words.add("export SHELLOPTS; set" + options);
    }
    return String.join("; ", words);
  }

  private String options(String variable, Predicate<String> known, String before) {
    return Arrays.stream(variables.getOrDefault(variable, "").split(":", -1))
        .filter(known)
        .map(option -> before + option)
        .collect(Collectors.joining());
  }
}
