package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

class OutputTest {
  private final CapturedTerminal captured = CapturedTerminal.create();
  private final CommandLine line = new CommandLine(CommandSpec.create().addOption(Output.option()));

  private void print(String... arguments) {
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("name", "a\u202eb");
    response.put("list", List.of(1, 2));
    Output.of(captured.terminal(), line.parseArgs(arguments))
        .print(response, to -> to.out().println("as a table"));
  }

  @Test
  void printsATableByDefault() {
    print();

    assertThat(captured.out()).isEqualTo("as a table\n");
  }

  @Test
  void printsJsonEscaped() {
    print("--output", "json");

    assertThat(captured.out()).isEqualTo("{\"name\":\"a\\u202eb\",\"list\":[1,2]}\n");
  }

  @Test
  void printsYamlEscaped() {
    print("-o", "yaml");

    assertThat(captured.out()).isEqualTo("name: \"a\\u202eb\"\nlist:\n- 1\n- 2\n");
  }

  @ParameterizedTest
  @CsvSource({"xml", "JSON", "tables", "''"})
  void rejectsOtherFormats(String format) {
    assertThatThrownBy(() -> print("-o", format))
        .isInstanceOf(ParameterException.class)
        .hasMessage("-o must be table, json or yaml, not '" + format + "'");
  }
}
