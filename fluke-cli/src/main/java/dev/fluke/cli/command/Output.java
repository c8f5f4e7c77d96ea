package dev.fluke.cli.command;

import dev.fluke.text.Json;
import java.util.Map;
import java.util.function.Consumer;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Prints a response as a table, JSON or YAML. All formats escape control characters. */
record Output(Terminal terminal, String format) {

  static OptionSpec option() {
    return OptionSpec.builder("-o", "--output")
        .paramLabel("FORMAT")
        .type(String.class)
        .description("Output format: table, json or yaml; default: table.")
        .build();
  }

  static Output of(Terminal terminal, ParseResult line) {
    String format = line.matchedOptionValue("-o", "table");
    if (!format.matches("table|json|yaml")) {
      throw new ParameterException(
          line.commandSpec().commandLine(), "-o must be table, json or yaml, not '" + format + "'");
    }
    return new Output(terminal, format);
  }

  /** Prints the response in the chosen format; {@code asTable} prints the table. */
  void print(Map<String, Object> response, Consumer<Terminal> asTable) {
    switch (format) {
      case "json" -> terminal.out().println(Json.write(response));
      case "yaml" -> terminal.out().print(yaml(response));
      default -> asTable.accept(terminal);
    }
  }

  static String yaml(Map<String, Object> response) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setAllowUnicode(false); // escapes marks that change the direction of text
    options.setSplitLines(false);
    return new Yaml(options).dump(response);
  }
}
