package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPatternTest {
  @Test
  @Timeout(30)
  void matchesManyStarsInATimeThatIsBounded() {
    String host = "a".repeat(2_000);
    assertThat(HostPattern.matches("*a".repeat(300) + "b", host)).isFalse();
    assertThat(HostPattern.matches("*a".repeat(300) + "*", host)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "*; web-01",
        "web-*; web-01",
        "web-0?; web-01",
        "WEB-*; web-01",
        "web-*; WEB-01",
        "db-1,web-*; web-01",
        "*,!db-*; web-01",
        "[10.0.0.*]:2222; [10.0.0.9]:2222",
        "web.?; web.a",
      })
  void matchesHostsThatThePatternsInclude(String list, String host) {
    assertThat(HostPattern.matches(list, host)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "web-01; web-01", // a plain name is for JSch
        "|1|salt|hash*; web-01",
        "web-0?; web-0",
        "web-0?; web-011",
        "web.?; webxa",
        "*,!web-01; web-01",
        "!web-01,*; web-01",
        "!db-1; web-01",
        "[10.0.0.*]:2222; [10.0.0.9]:22",
      })
  void matchesNoOtherHosts(String list, String host) {
    assertThat(HostPattern.matches(list, host)).isFalse();
  }
}
