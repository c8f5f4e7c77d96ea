package dev.fluke.event;

import dev.fluke.text.Json;
import dev.fluke.text.Printable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads events from their JSON. */
final class EventReader {
  private static final Pattern CURSOR = Pattern.compile("([0-9]{16,19})-([0-9]{12,19})");

  private EventReader() {}

  static Event read(String json) {
    try {
      return event(Json.readObject(json));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not the JSON of an event: " + e.getMessage(), e);
    }
  }

  private static Event event(Map<String, Object> all) {
    String type = text(all, "event");
    long sequence = sequence(all);
    long incarnation = incarnation(all, sequence);
    return Event.of(incarnation, sequence, timestamp(all), type).withAll(all);
  }

  private static Instant timestamp(Map<String, Object> all) {
    String text = text(all, "timestamp");
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'timestamp' is '%s', must be a time such as 2025-03-13T14:22:01Z"
              .formatted(Printable.of(text)),
          e);
    }
  }

  private static long sequence(Map<String, Object> all) {
    Object value = required(all, "sequence");
    if (value instanceof Long number && number >= 0) {
      return number;
    }
    throw new IllegalArgumentException(
        "'sequence' is %s, must be a whole number that is not negative"
            .formatted(Printable.of(value.toString())));
  }

  private static long incarnation(Map<String, Object> all, long sequence) {
    if (!all.containsKey("cursor")) {
      return 0;
    }
    String text = text(all, "cursor");
    Matcher parts = CURSOR.matcher(text);
    long incarnation = parts.matches() ? number(parts.group(1)) : -1;
    if (incarnation < 0 || number(parts.group(2)) != sequence) {
      throw new IllegalArgumentException(
          "'cursor' is '%s', must be 16 digits, '-' and the sequence %d as 12 digits"
              .formatted(Printable.of(text), sequence));
    }
    return incarnation;
  }

  /** -1 if it is too large. */
  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Takes the field out. */
  private static String text(Map<String, Object> all, String field) {
    Object value = required(all, field);
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "'%s' is %s, must be a text".formatted(field, Printable.of(value.toString())));
  }

  private static Object required(Map<String, Object> all, String field) {
    @Nullable Object value = all.remove(field);
    if (value == null) {
      throw new IllegalArgumentException("'%s' is missing".formatted(field));
    }
    return value;
  }
}
