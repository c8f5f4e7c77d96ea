package dev.fluke.command.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.JapaneseDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which values count by their text. */
@Tag("rule-12")
class PlainValueTest {

  private static boolean hasText(Object value) {
    return PlainValue.of(value).isPresent();
  }

  @Test
  void readsDatesAndTimesByTheirText() {
    for (Object value :
        List.of(
            Period.ofDays(1),
            LocalTime.NOON,
            OffsetDateTime.MAX,
            Instant.EPOCH.atZone(ZoneOffset.UTC),
            ZoneOffset.ofHours(1),
            ZoneId.of("Europe/Berlin"),
            JapaneseDate.of(2020, 1, 1),
            DayOfWeek.MONDAY)) {
      assertThat(hasText(value)).as("%s", value).isTrue();
    }
  }

  @Test
  void takesNoTextForValueThatItDoesNotDescribe(@TempDir Path dir) throws IOException {
    Object english = DateTimeFormatter.ofPattern("MMM", Locale.ENGLISH);
    Object german = DateTimeFormatter.ofPattern("MMM", Locale.GERMAN);
    assertThat(english).hasToString(german.toString());
    assertThat(hasText(english)).isFalse();
    assertThat(hasText(TemporalAdjusters.firstDayOfMonth())).isFalse();
    assertThat(hasText(Clock.systemUTC())).isFalse();
    try (FileSystem one = zip(dir.resolve("1.zip"));
        FileSystem other = zip(dir.resolve("2.zip"))) {
      assertThat(hasText(other.getPath("/a"))).isFalse();
      assertThat(hasText(one.getPath("/a"))).isFalse();
    }
  }

  private static FileSystem zip(Path file) throws IOException {
    return FileSystems.newFileSystem(file, Map.of("create", "true"));
  }
}
