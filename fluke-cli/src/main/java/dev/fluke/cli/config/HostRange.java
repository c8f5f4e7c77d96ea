package dev.fluke.cli.config;

import com.google.common.base.Strings;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Expands names such as {@code web[01:50].example.com} and {@code db-[a:f]}. */
final class HostRange {
  private static final Pattern RANGE =
      Pattern.compile("(.*?)\\[(\\d{1,6}|[a-z]):(\\d{1,6}|[a-z])(?::(\\d{1,4}))?\\](.*)");
  private static final int MAX_NAMES = 10_000;

  private HostRange() {}

  /** All names of the range, at most 10,000; a name without a range is its only one. */
  static List<String> expanded(String name) {
    Matcher range = RANGE.matcher(name);
    if (!range.matches()) {
      return List.of(name);
    }
    String from = range.group(2);
    boolean letters = !Character.isDigit(from.charAt(0));
    int first = letters ? from.charAt(0) : Integer.parseInt(from);
    String to = range.group(3);
    int last = Character.isDigit(to.charAt(0)) ? Integer.parseInt(to) : to.charAt(0);
    int step = range.group(4) == null ? 1 : Math.max(1, Integer.parseInt(range.group(4)));
    List<String> names = new ArrayList<>();
    for (int i = first; i <= last && names.size() < MAX_NAMES; i += step) {
      String each =
          letters
              ? String.valueOf((char) i)
              : Strings.padStart(String.valueOf(i), from.length(), '0');
      for (String rest : expanded(range.group(5))) {
        names.add(range.group(1) + each + rest);
      }
    }
    return names;
  }
}
