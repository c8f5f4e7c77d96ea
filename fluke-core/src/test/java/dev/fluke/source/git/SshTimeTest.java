package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshTimeTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "20240615, 2024-06-14T22:00:00Z",
    "20240115, 2024-01-14T23:00:00Z",
    "20240615Z, 2024-06-15T00:00:00Z",
    "20240615z, 2024-06-15T00:00:00Z",
    "20240615UTC, 2024-06-15T00:00:00Z",
    "202406151201, 2024-06-15T10:01:00Z",
    "20240615120159, 2024-06-15T10:01:59Z",
    "20240615120159Z, 2024-06-15T12:01:59Z",
  })
  void readsTheFormatsOfSshKeygen(String text, Instant time) throws Exception {
    assertThat(SshTime.parse("valid-after", text, BERLIN)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2024",
        "2024061",
        "202406151",
        "2024061512Z",
        "20240230",
        "20241301",
        "202406152401",
        "19700101Z",
        "19600101",
        "2024-06-15",
        "+2024061",
        "20240615 ",
        "20240615Y"
      })
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> SshTime.parse("valid-after", text, BERLIN))
        .isInstanceOf(SshFormatException.class)
        .hasMessage(
            "has the time '%s' for 'valid-after'; write YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS,"
                + " with a Z for UTC",
            text);
  }
}
