package dev.fluke.yaml.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions of {@code match_expressions}, and the mistakes in them. */
class ExpressionReaderTest {

  @Tag("L02")
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "{ key: env, In: [a] } => unknown key 'In'; did you mean 'in'?",
        "{ key: env, in: a } => 'in': must be a list such as [a, b], is text",
        "{ key: env, in: [] } => label 'env': no values given; it could match no agent",
        "{ key: env, exists: false } => 'exists': must be true; for the opposite, write absent: true",
        "{ key: env } => needs 'key' and exactly one of in, not_in, exists, absent",
        "{ key: env, in: [a], not_in: [b] } => needs 'key' and exactly one of in, not_in, exists,"
            + " absent",
        "{ key: [env], exists: true } => must be text, is a list",
        "{ key: \"a\\u202e\", exists: true } => U+202E is not allowed",
      })
  void reportsEachMistakeOfAnExpression(String expression, String problem) {
    SelectorTexts texts = new SelectorTexts();

    assertThat(texts.read("match_expressions: [ " + expression + " ]\n")).isNull();
    assertThat(texts.found()).singleElement().asString().contains("it: on: ").contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "{ key: env, in: [a, b] } => env in [a, b]",
        "{ key: env, not_in: [a] } => env not in [a]",
        "{ key: env, exists: true } => env exists",
        "{ key: env, absent: true } => env absent",
      })
  void readsEachCondition(String expression, String selector) {
    assertThat(new SelectorTexts().read("match_expressions: [ " + expression + " ]\n"))
        .hasToString(selector);
  }
}
