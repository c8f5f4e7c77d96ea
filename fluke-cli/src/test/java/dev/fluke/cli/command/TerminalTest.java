package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  private static Terminal terminal(Map<String, String> environment, boolean isInteractive) {
    return new Terminal(System.out, System.err, environment, Path.of("/srv"), isInteractive);
  }

  @ParameterizedTest
  @CsvSource({
    "true, , true",
    "true, '', true",
    "true, 1, false",
    "false, , false",
    "false, 1, false"
  })
  void isColourfulIfInteractiveAndNotForbidden(
      boolean isInteractive, String noColor, boolean isColourful) {
    Map<String, String> environment = noColor == null ? Map.of() : Map.of("NO_COLOR", noColor);

    assertThat(terminal(environment, isInteractive).isColourful()).isEqualTo(isColourful);
  }

  @Test
  void resolvesPathsAgainstItsDirectory() {
    assertThat(terminal(Map.of(), false).file("a/b")).isEqualTo(Path.of("/srv/a/b"));
    assertThat(terminal(Map.of(), false).file("/etc/a")).isEqualTo(Path.of("/etc/a"));
  }

  @Test
  void takesTheDirectoryOfThisProcess() {
    assertThat(Terminal.ofThisProcess().directory()).isEqualTo(Path.of("").toAbsolutePath());
  }
}
