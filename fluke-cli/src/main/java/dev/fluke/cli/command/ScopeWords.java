package dev.fluke.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * {@code task NAME}, {@code agent NAME}, {@code task NAME on AGENT} or {@code all}: the scope of a
 * command.
 */
final class ScopeWords {
  private ScopeWords() {}

  /** Adds the words to a command. */
  static CommandSpec positional(CommandSpec spec) {
    return spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("SCOPE")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("Scope: task NAME, task NAME on AGENT, agent NAME, or all.")
            .build());
  }

  /** The scope as fields of an API request; without words, {@code defaultWords} count. */
  static Map<String, Object> of(ParseResult line, List<String> defaultWords) {
    List<String> words = line.matchedPositionalValue(0, defaultWords);
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
      throw new ParameterException(
          line.commandSpec().commandLine(),
          "the scope must be task NAME, task NAME on AGENT, agent NAME, or all" + given);
    }
    return body;
  }
}
