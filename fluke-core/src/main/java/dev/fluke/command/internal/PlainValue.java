package dev.fluke.command.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistDate;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that its type and one text describe in full, such as a number or a date.
 *
 * @param type the name of its class
 * @param text what it is
 */
record PlainValue(String type, String text) {
  private static final Set<Class<?>> BY_TEXT =
      Set.of(
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          URI.class,
          UUID.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class,
          Instant.class,
          Duration.class,
          Period.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          OffsetTime.class,
          ZonedDateTime.class,
          Year.class,
          YearMonth.class,
          MonthDay.class,
          HijrahDate.class,
          JapaneseDate.class,
          MinguoDate.class,
          ThaiBuddhistDate.class);

  /** The plain form of a value; empty if it has none. */
  static Optional<PlainValue> of(Object value) {
    Class<?> type =
        value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    return Optional.ofNullable(textOf(value)).map(text -> new PlainValue(type.getName(), text));
  }

  private static @Nullable String textOf(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (BY_TEXT.contains(value.getClass()) || isZone(value) || isPath(value)) {
      return value.toString();
    }
    if (value instanceof Class<?> type) {
      return type.getName();
    }
    if (value instanceof URL url) {
      return url.toExternalForm(); // its equals asks the name service
    }
    if (value instanceof Locale locale) {
      return locale.toLanguageTag() + " " + locale;
    }
    if (value instanceof Charset charset) {
      return charset.name();
    }
    return value instanceof Pattern pattern ? pattern.flags() + " " + pattern.pattern() : null;
  }

  private static boolean isZone(Object value) {
    return value instanceof ZoneId; // its text is its name, or its offset
  }

  /** Paths of other file systems may have the same text. */
  private static boolean isPath(Object value) {
    return value instanceof Path path && path.getFileSystem().equals(FileSystems.getDefault());
  }
}
