package dev.fluke.yaml.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorReaderTest {

  @Test
  void readsLabelsAndExpressionsTogether() {
    String yaml =
        "{ match_labels: { role: web }, match_expressions: [ { key: env, exists: true } ] }\n";

    assertThat(new SelectorTexts().read(yaml)).hasToString("role is web and env exists");
    assertThat(new SelectorTexts().read("all: true\n")).hasToString("every agent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "{} => it: on: selects nothing; to select every agent, write on: { all: true }",
        "{ match_labels: {} } => it: on: 'match_labels' is empty; to select every agent, write on: { all: true }",
        "{ match_expressions: [] } => it: on: 'match_expressions' is empty; to select every agent, write on: { all: true }",
        "{ all: false } => it: on: 'all' must be true and the only key; to select some agents, remove it",
        "{ all: true, match_labels: { a: b } } => it: on: 'all' must be true and the only key; to select some agents, remove it",
        "{ role: web } => it: on: unknown key 'role'; put labels into match_labels: { role: … }",
        "[ role ] => it: on: must be a mapping with match_labels, match_expressions or all, is a list",
      })
  void selectsNobodyByMistake(String yaml, String problem) {
    SelectorTexts texts = new SelectorTexts();

    assertThat(texts.read(yaml + "\n")).isNull();
    assertThat(texts.found()).singleElement().asString().endsWith(problem);
  }
}
