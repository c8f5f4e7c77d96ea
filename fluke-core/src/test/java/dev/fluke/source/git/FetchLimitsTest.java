package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits of a poll must be positive. */
class FetchLimitsTest {

  @ParameterizedTest
  @CsvSource({
    "PT1S, PT1S, ''",
    "PT0.001S, PT1H, ''",
    "PT0S, PT1S, 'its limits are PT0S and PT1S, must be more than zero'",
    "PT1S, PT0S, 'its limits are PT1S and PT0S, must be more than zero'",
    "PT-1S, PT1S, 'its limits are PT-1S and PT1S, must be more than zero'",
  })
  void refusesTimesThatAreNotPositive(Duration silence, Duration total, String problem) {
    assertThat(new FetchLimits(silence, total).problem()).isEqualTo(problem);
  }
}
