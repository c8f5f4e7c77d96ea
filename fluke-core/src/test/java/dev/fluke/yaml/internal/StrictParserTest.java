package dev.fluke.yaml.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Levels that are too deep, and a lone exclamation mark. */
class StrictParserTest {
  private final Problems problems = new Problems("a.yaml");

  private boolean isRead(String yaml) {
    return YamlFile.read(yaml.getBytes(UTF_8), problems) != null;
  }

  @Tag("M04")
  @Test
  void allowsFiftyLevels() {
    assertThat(isRead("[".repeat(50) + "]".repeat(50))).isTrue();
    assertThat(problems.found()).isEmpty();

    assertThat(isRead("[".repeat(51) + "]".repeat(51))).isFalse();
    assertThat(problems.found())
        .singleElement()
        .hasToString("a.yaml:1:51: is not valid YAML: nested deeper than 50 levels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: ! b", "a: ! [b]", "a: ! { b: c }"})
  void reportsALoneExclamationMark(String yaml) {
    isRead(yaml);

    assertThat(problems.found())
        .singleElement()
        .hasToString("a.yaml:1:4: YAML drops a '!' here; put quotes around the whole text");
  }
}
