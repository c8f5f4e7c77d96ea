package dev.fluke.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * {@code task NAME}, {@code agent NAME}, {@code task NAME on AGENT} or {@code all}, and {@code
 * --selector KEY=VALUE}: the scope of a command.
 */
final class ScopeWords {
  private static final String SELECTOR = "--selector";

  private ScopeWords() {}

  /** Adds the words and the option to a command. */
  static CommandSpec positional(CommandSpec spec) {
    return spec.addPositional(
            PositionalParamSpec.builder()
                .paramLabel("SCOPE")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Scope: task NAME, task NAME on AGENT, agent NAME, or all.")
                .build())
        .addOption(
            OptionSpec.builder(SELECTOR)
                .paramLabel("KEY=VALUE")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Only agents that have this label; repeat it for more labels.")
                .build());
  }

  /** The scope as fields of an API request; without words, {@code defaultWords} count. */
  static Map<String, Object> of(ParseResult line, List<String> defaultWords) {
    Map<String, Object> labels = labels(line);
    List<String> defaults = labels.isEmpty() ? defaultWords : List.of("all");
    Map<String, Object> body = named(line, line.matchedPositionalValue(0, defaults));
    if (!labels.isEmpty()) {
      body.remove("all");
      body.put("selector", labels);
    }
    return body;
  }

  private static Map<String, Object> labels(ParseResult line) {
    Map<String, Object> labels = new LinkedHashMap<>();
    for (String label : line.matchedOptionValue(SELECTOR, List.<String>of())) {
      int equals = label.indexOf('=');
      if (equals < 1) {
        throw wrong(
            line, "--selector must be KEY=VALUE, as in role=web, not '%s'".formatted(label));
      }
      String key = label.substring(0, equals);
      if (labels.put(key, label.substring(equals + 1)) != null) {
        throw wrong(line, "--selector names the label '%s' twice".formatted(key));
      }
    }
    return labels;
  }

  private static Map<String, Object> named(ParseResult line, List<String> words) {
    String first = words.isEmpty() ? "" : words.get(0);
    Map<String, Object> body = new LinkedHashMap<>();
    if (first.equals("all") && words.size() == 1) {
      body.put("all", true);
    } else if (first.equals("agent") && words.size() == 2) {
      body.put("agent", words.get(1));
    } else if (first.equals("task") && words.size() == 2) {
      body.put("task", words.get(1));
    } else if (first.equals("task") && words.size() == 4 && words.get(2).equals("on")) {
      body.put("task", words.get(1));
      body.put("agent", words.get(3));
    } else {
      String given = words.isEmpty() ? "" : ", not '%s'".formatted(String.join(" ", words));
      throw wrong(
          line, "the scope must be task NAME, task NAME on AGENT, agent NAME, or all" + given);
    }
    return body;
  }

  private static ParameterException wrong(ParseResult line, String why) {
    return new ParameterException(line.commandSpec().commandLine(), why);
  }
}
