package dev.fluke.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 90s}, {@code 1m30s}, {@code 168h}. */
public final class Durations {
  /** What is right, for messages. */
  static final String FORM = "a number with ms, s, m, h or d, such as 90s or 1m30s";

  private static final List<String> UNITS = List.of("d", "h", "m", "s", "ms");
  private static final List<Long> MILLIS = List.of(86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L);
  private static final Duration LONGEST = Duration.ofDays(3_650);
  private static final Pattern PART = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,3})?)(ms|s|m|h|d)");

  private Durations() {}

  /**
   * The duration of this text.
   *
   * @throws IllegalArgumentException if it is none, is zero, or is longer than ten years
   */
  public static Duration parse(String text) {
    Matcher part = PART.matcher(text);
    BigDecimal millis = BigDecimal.ZERO;
    int at = 0;
    int unit = -1;
    while (part.region(at, text.length()).lookingAt()) {
      int next = UNITS.indexOf(part.group(2));
      if (next <= unit) {
        throw new IllegalArgumentException("must name its units once and in order, as in 1h30m");
      }
      unit = next;
      at = part.end();
      millis =
          millis.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(MILLIS.get(unit))));
    }
    if (at == 0 || at != text.length()) {
      throw new IllegalArgumentException(
          text.matches("\\d{1,9}")
              ? "is '" + text + "' without a unit; write " + text + "s or " + text + "m"
              : "is '" + text + "', must be " + FORM);
    }
    if (millis.compareTo(BigDecimal.valueOf(LONGEST.toMillis())) > 0) {
      throw new IllegalArgumentException("is longer than 3650d");
    }
    long whole = millis.setScale(0, RoundingMode.UP).longValueExact();
    if (whole == 0) {
      throw new IllegalArgumentException("must be more than zero");
    }
    return Duration.ofMillis(whole);
  }

  /**
   * What is wrong with a limit or an interval: {@code must be more than zero} or {@code must be at
   * most 3650 days}; empty if nothing is. Longer times would overflow nanoseconds.
   */
  public static Optional<String> problem(Duration time) {
    if (time.isNegative() || time.isZero()) {
      return Optional.of("must be more than zero");
    }
    return time.compareTo(LONGEST) > 0
        ? Optional.of("must be at most 3650 days")
        : Optional.empty();
  }

  /**
   * {@code duration} for people: {@code 1 h 30 min}, {@code 90 s}, {@code 20 ms}; at most two
   * units.
   */
  public static String display(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.toMillis() + " ms";
    }
    List<String> parts = new ArrayList<>();
    add(parts, duration.toDays(), "d");
    add(parts, duration.toHoursPart(), "h");
    add(parts, duration.toMinutesPart(), "min");
    add(parts, duration.toSecondsPart(), "s");
    return String.join(" ", parts.subList(0, Math.min(2, parts.size())));
  }

  private static void add(List<String> parts, long amount, String unit) {
    if (amount > 0) {
      parts.add(amount + " " + unit);
    }
  }
}
