package dev.fluke.mise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What mise 2026.9.15, and versions before it, print at the end of a run. */
class MiseErrorTest {
  private static final String FOOTER =
      "\nmise ERROR Version: 2026.9.15 linux-x64\nmise ERROR Run with --verbose or"
          + " MISE_VERBOSE=1 for more information\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "node is missing\n",
        "[check] ERROR task failed\n",
        "mise ERROR no task nope found\n\nAvailable tasks:\n  a\n[check] ERROR task failed\n",
        "[sig] ERROR killed by SIGKILL\n[sig] ERROR task failed\n[check] ERROR task failed\n",
        "mise ERROR sh exited with non-zero status: exit code 3\n",
        "mise ERROR of yesterday was mended\nnode is missing\n"
      })
  void leavesTheAnswerToATaskThatBegan(String printed) {
    assertThat(MiseError.in(printed)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mise ERROR task not found: nope | task not found: nope
          mise ERROR failed to validate task arg+mise ERROR Missing required arg: <env> | failed to validate task arg; Missing required arg: <env>
          mise ERROR bad header+1 X foo=[+  ^ | bad header; 1 X foo=[;   ^
          """)
  void quotesMiseWhenItRefusedTheTask(String printed, String why) {
    assertThat(MiseError.in("hello\n" + printed.replace('+', '\n') + FOOTER)).isEqualTo(why);
  }

  @ParameterizedTest
  @CsvSource({
    "[a] ERROR killed by SIGKILL, killed by SIGKILL",
    "[a] ERROR timed out after 1s, timed out after 1s",
    "[a] ERROR failed to execute command: /x+[a] ERROR No such file, failed to execute command: /x; No such file"
  })
  void quotesMiseWhenItEndedTheTask(String printed, String why) {
    String ended = "hello\n" + printed.replace('+', '\n') + "\n[a] ERROR task failed\n";

    assertThat(MiseError.in(ended)).isEqualTo(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mise::config::parse_error\n\n  × Invalid TOML in config file\n   ╭─[x]\n"})
  void quotesMiseOnAConfigurationThatDoesNotParse(String printed) {
    assertThat(MiseError.in(printed)).contains("Invalid TOML in config file");
  }
}
