package dev.fluke.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("L05")
@Tag("Z06")
class NamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"web-01", "a", "db.eu-west_1", "host:22", "team/web 1", "x@y", "0"})
  void acceptsUsualNames(String name) {
    assertThat(Names.check("agent", name)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web\\n01 | U+000A is not allowed",
        "web\\u0000 | U+0000 is not allowed",
        "web\\u202e10 | U+202E is not allowed",
        "web\\u001b[31m | U+001B is not allowed",
        "wéb | U+00E9 is not allowed",
        "$(id) | U+0024 is not allowed",
        "../etc/passwd | must begin and end with a letter or digit, without '..' or '//'",
        "a/../b | must begin and end with a letter or digit, without '..' or '//'",
        "-rf | must begin and end with a letter or digit, without '..' or '//'",
      })
  void refusesWithTheBadCharacterEscaped(String name, String problem) {
    assertThatThrownBy(() -> Agent.named(unescaped(name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  private static String unescaped(String name) {
    return name.replace("\\n", "\n")
        .replace("\\u202e", "\u202e")
        .replace("\\u0000", "\0")
        .replace("\\u001b", "\u001b");
  }

  @Test
  void refusesEmptyAndOverlongNames() {
    assertThatThrownBy(() -> Agent.named("")).hasMessage("agent name '': is empty");
    assertThatThrownBy(() -> Agent.named("a".repeat(300)))
        .hasMessageContaining("has 300 characters, at most 253 are allowed");
    assertThat(Agent.named("a".repeat(253)).name()).hasSize(253);
  }

  @Test
  void appliesTheSameRulesToLabels() {
    assertThatThrownBy(() -> Agent.named("a").label("ro\nle", "web")).hasMessageContaining("label");
    assertThatThrownBy(() -> Agent.named("a").label("role", "w\neb"))
        .hasMessageContaining("value of label 'role'");
    assertThat(Agent.named("a").label("role", "").labels()).containsEntry("role", "");
  }

  /** What gets through must be harmless wherever a name is shown. */
  @Test
  void refusesHostileNamesUnlessHarmless() {
    List<String> pieces =
        List.of(
            "../",
            "\n",
            "\r",
            "\0",
            "'",
            "\"",
            "$(id)",
            "`id`",
            "\u202e",
            "\u001b[2J",
            "<b>",
            "{}",
            "*",
            "~",
            "|",
            ";",
            "&",
            "%00",
            "\\",
            "\u2028",
            "a",
            "Z",
            "9",
            ".",
            "-",
            " ");
    Random random = new Random(7);
    List<String> accepted = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      StringBuilder name = new StringBuilder();
      for (int j = random.nextInt(4) + 1; j > 0; j--) {
        name.append(pieces.get(random.nextInt(pieces.size())));
      }
      try {
        accepted.add(Names.check("task", name.toString()));
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).matches("[\\x20-\\x7e…]*");
      }
    }
    assertThat(accepted).isNotEmpty().allMatch(name -> name.matches("[A-Za-z0-9_. @:/-]+"));
    assertThat(accepted).noneMatch(name -> name.contains("..") || name.startsWith("/"));
  }
}
