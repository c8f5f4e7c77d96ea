package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

class ScopeWordsTest {
  private static final String EXPECTED =
      "the scope must be task NAME, task NAME on AGENT, agent NAME, or all";

  private static ParseResult parsed(String words) {
    CommandLine line = new CommandLine(ScopeWords.positional(CommandSpec.create()));
    return line.parseArgs(words.isEmpty() ? new String[0] : words.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "all, {all=true}",
    "agent web-01, {agent=web-01}",
    "agent agent, {agent=agent}",
    "task motd, {task=motd}",
    "task all, {task=all}",
    "task motd on web-01, '{task=motd, agent=web-01}'",
    "--selector role=web, {selector={role=web}}",
    "all --selector role=web, {selector={role=web}}",
    "task motd --selector role=web --selector env=, '{task=motd, selector={role=web, env=}}'"
  })
  void becomeFieldsOfTheRequest(String words, String fields) {
    assertThat(ScopeWords.of(parsed(words), List.of())).hasToString(fields);
  }

  @Test
  void haveADefault() {
    assertThat(ScopeWords.of(parsed(""), List.of("all"))).hasToString("{all=true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"motd", "all all", "task", "agent", "task a b", "task a at b", "agent a b"})
  void areShownIfTheyAreNoScope(String words) {
    assertThatThrownBy(() -> ScopeWords.of(parsed(words), List.of()))
        .isInstanceOf(ParameterException.class)
        .hasMessage(EXPECTED + ", not '" + words + "'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--selector role         | --selector must be KEY=VALUE, as in role=web, not 'role'",
        "--selector =web         | --selector must be KEY=VALUE, as in role=web, not '=web'",
        "--selector a=b --selector a=c | --selector names the label 'a' twice"
      })
  void refuseAnInvalidSelector(String words, String message) {
    assertThatThrownBy(() -> ScopeWords.of(parsed(words), List.of()))
        .isInstanceOf(ParameterException.class)
        .hasMessage(message);
  }

  @Test
  void areRequiredWithoutADefault() {
    assertThatThrownBy(() -> ScopeWords.of(parsed(""), List.of())).hasMessage(EXPECTED);
  }
}
