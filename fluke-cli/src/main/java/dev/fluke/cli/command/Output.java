package dev.fluke.cli.command;

import dev.fluke.text.Json;
import java.util.Map;
import java.util.function.Consumer;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Prints an answer as a table, JSON or YAML; all of them with everything escaped that hides. */
record Output(Terminal terminal, String format) {

  static OptionSpec option() {
    return OptionSpec.builder("-o", "--output")
        .paramLabel("FORMAT")
        .type(String.class)
        .description("table, json or yaml.")
        .build();
  }

  static Output of(Terminal terminal, ParseResult line) {
    String format = line.matchedOptionValue("-o", "table");
    if (!format.matches("table|json|yaml")) {
      throw new ParameterException(
          line.commandSpec().commandLine(), "-o takes table, json or yaml, not '" + format + "'");
    }
    return new Output(terminal, format);
  }

  /** Prints this, as a table if nothing else is wanted. */
  void print(Map<String, Object> answer, Consumer<Terminal> asTable) {
    switch (format) {
      case "json" -> terminal.out().println(Json.write(answer));
      case "yaml" -> terminal.out().print(yaml(answer));
      default -> asTable.accept(terminal);
    }
  }

  static String yaml(Map<String, Object> answer) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setAllowUnicode(false); // or it shows marks that turn the direction of a text
    options.setSplitLines(false);
    return new Yaml(options).dump(answer);
  }
}
