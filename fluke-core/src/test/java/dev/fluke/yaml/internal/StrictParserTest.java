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

  @Tag("M04")
  @Test
  void countsValuesBeforeTheyAreKept() {
    assertThat(isRead("[" + "x,".repeat(99_998) + "x]")).isTrue();
    assertThat(problems.found()).isEmpty();

    assertThat(isRead("[" + "x,".repeat(100_000) + "x]")).isFalse();
    assertThat(problems.found())
        .singleElement()
        .hasToString("a.yaml:1:200000: has more than 100,000 values; split the file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%TAG !e! tag:x\n---\na: b", "%TAG ! tag:x\n---\na: b"})
  void refusesTagDirectives(String yaml) {
    assertThat(isRead(yaml)).isFalse();
    assertThat(problems.found())
        .singleElement()
        .asString()
        .endsWith(": a %TAG directive is not supported; remove it");
  }

  @Test
  void acceptsTheDirectiveOfTheVersion() {
    assertThat(isRead("%YAML 1.1\n---\na: b")).isTrue();
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
