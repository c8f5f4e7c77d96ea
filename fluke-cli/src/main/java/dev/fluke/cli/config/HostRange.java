package dev.fluke.cli.config;

import com.google.common.base.Strings;
import dev.fluke.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands names such as {@code web[01:50].example.com} and {@code db-[a:f]}. Counts the names
 * before it builds one.
 */
final class HostRange {
  private static final Pattern RANGE =
      Pattern.compile("\\[(\\d{1,9}|[a-z]):(\\d{1,9}|[a-z])(?::(\\d{1,9}))?\\]");
  private static final int MAX_NAMES = 10_000;
  private static final int MAX_LENGTH = 1_000;

  private HostRange() {}

  /** A range of numbers or of letters; {@code text} stands in front of it. */
  private record Part(String text, boolean letters, int width, int first, int last, int step) {
    long size() {
      return last < first ? 0 : (last - first) / step + 1;
    }

    String name(int index) {
      int value = first + index * step;
      String each =
          letters
              ? String.valueOf((char) value)
              : Strings.padStart(String.valueOf(value), width, '0');
      return text + each;
    }
  }

  /**
   * All names of the ranges; a name without a range is its only one.
   *
   * @throws IllegalArgumentException if there are more than 10,000 names
   */
  static List<String> expanded(String name) {
    List<Part> parts = new ArrayList<>();
    Matcher range = RANGE.matcher(name);
    int done = 0;
    long size = 1;
    while (range.find()) {
      Part part = part(name.substring(done, range.start()), range);
      parts.add(part);
      done = range.end();
      size *= part.size();
      if (size > MAX_NAMES || name.length() > MAX_LENGTH) {
        throw new IllegalArgumentException(
            "host '%s': a range means at most %,d hosts and is at most %,d characters long; write several ranges"
                .formatted(Printable.shortened(name, 100), MAX_NAMES, MAX_LENGTH));
      }
    }
    List<String> names = List.of("");
    for (Part part : parts) {
      names = extended(names, part);
    }
    String rest = name.substring(done);
    return names.stream().map(each -> each + rest).toList();
  }

  private static List<String> extended(List<String> names, Part part) {
    List<String> longer = new ArrayList<>();
    for (String name : names) {
      for (int i = 0; i < part.size(); i++) {
        longer.add(name + part.name(i));
      }
    }
    return longer;
  }

  private static Part part(String text, Matcher range) {
    String from = range.group(1);
    boolean letters = !Character.isDigit(from.charAt(0));
    int step = range.group(3) == null ? 1 : Math.max(1, Integer.parseInt(range.group(3)));
    return new Part(text, letters, from.length(), value(from), value(range.group(2)), step);
  }

  private static int value(String text) {
    return Character.isDigit(text.charAt(0)) ? Integer.parseInt(text) : text.charAt(0);
  }
}
