package dev.fluke.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W01")
class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2025-03-13T14:22:01Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | PT0S",
        "90 | PT90S",
        "007 | PT7S",
        "999999999999 | PT999999999999S",
        "Thu, 13 Mar 2025 14:22:02 GMT | PT1S",
        "Thu, 13 Mar 2025 15:22:02 +0100 | PT1S",
        "Thu, 13 Mar 2025 14:22:01 GMT | PT0S",
        "Thu, 13 Mar 2025 14:22:00 GMT | PT0S",
      })
  void readsSecondsAndDates(String value, Duration wait) {
    assertThat(RetryAfter.parse(value, NOW)).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "+1",
        "1.5",
        "soon",
        "9999999999999",
        "Fri, 13 Mar 2025 14:22:02 GMT",
        "Thu, 13 Mar 2025 14:22:02"
      })
  void ignoresOtherValues(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isEmpty();
  }
}
