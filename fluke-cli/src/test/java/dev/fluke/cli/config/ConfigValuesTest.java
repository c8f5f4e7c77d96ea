package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigValuesTest {
  private static final List<String> LEVELS = List.of("error", "warn", "info");

  @Test
  void acceptsAChoice() {
    assertThat(ConfigValues.oneOf("warn", LEVELS)).isEqualTo("warn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "warm | is 'warm', must be one of error, warn, info; did you mean 'warn'?",
        "WARN | is 'WARN', must be one of error, warn, info; did you mean 'warn'?",
        "loud | is 'loud', must be one of error, warn, info"
      })
  void rejectsOtherChoices(String text, String message) {
    assertThatThrownBy(() -> ConfigValues.oneOf(text, LEVELS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "65535, 65535", "0022, 22"})
  void acceptsNumbersInTheRange(String text, int number) {
    assertThat(ConfigValues.number(text, 1, 65535)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "-1", "+1", "1.5", "1e3", "ssh", "", "99999999999", "١"})
  void rejectsOtherNumbers(String text) {
    assertThatThrownBy(() -> ConfigValues.number(text, 1, 65535))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is '" + text + "', must be a number from 1 to 65535");
  }

  @Test
  void acceptsFlags() {
    assertThat(ConfigValues.flag("true")).isTrue();
    assertThat(ConfigValues.flag("false")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "True", "1", ""})
  void rejectsOtherFlags(String text) {
    assertThatThrownBy(() -> ConfigValues.flag(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("is '" + text + "', must be true or false");
  }
}
