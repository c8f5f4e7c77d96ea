package dev.fluke.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Durations as people write them. */
class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "90s, PT1M30S",
    "1m30s, PT1M30S",
    "168h, PT168H",
    "2d, PT48H",
    "250ms, PT0.25S",
    "1.5h, PT1H30M",
    "1d2h3m4s5ms, PT26H3M4.005S",
    "3650d, PT87600H",
  })
  void parsesSumsOfUnits(String text, Duration meant) {
    assertThat(Durations.parse(text)).isEqualTo(meant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "60 | is '60' without a unit; write 60s or 60m",
        "-5m | is '-5m', must be a number with",
        "5 m | is '5 m', must be a number with",
        "5M | is '5M', must be a number with",
        "'' | is '', must be a number with",
        "1e3s | is '1e3s', must be a number with",
        "0s | must be more than zero",
        "0d0ms | must be more than zero",
        "30s1m | must name its units once and in order",
        "1s1s | must name its units once and in order",
        "3651d | is longer than 3650d",
        "99999999999999h | is '99999999999999h', must be a number with",
      })
  void refusesWithAHintAtTheRightForm(String text, String problem) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.02S, 20 ms",
    "PT0.999S, 999 ms",
    "PT1S, 1 s",
    "PT1M30S, 1 min 30 s",
    "PT1H0M5S, 1 h 5 s",
    "PT1H30M5S, 1 h 30 min",
    "PT49H, 2 d 1 h",
  })
  void displaysAtMostTwoUnits(Duration duration, String text) {
    assertThat(Durations.display(duration)).isEqualTo(text);
  }
}
