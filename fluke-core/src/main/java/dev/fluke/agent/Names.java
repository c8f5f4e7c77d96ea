package dev.fluke.agent;

import dev.fluke.text.Printable;
import java.util.regex.Pattern;

/**
 * The rules for names of agents, tasks and labels. A name that keeps them is harmless in logs, file
 * names, metrics and URLs.
 */
public final class Names {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_. @:/-]{0,251}[A-Za-z0-9_])?");
  private static final int LONGEST = 253;

  private Names() {}

  /**
   * Returns {@code name} if it keeps the rules.
   *
   * @param what the thing that has the name, for the message, such as {@code agent}
   * @throws IllegalArgumentException if it breaks them; the message shows the bad character escaped
   */
  public static String check(String what, String name) {
    if (NAME.matcher(name).matches() && !name.contains("..") && !name.contains("//")) {
      return name;
    }
    throw new IllegalArgumentException(
        "%s name '%s': %s".formatted(what, Printable.lastLineOf(name, 60), problem(name)));
  }

  /**
   * Returns {@code value} if it is empty or keeps the rules for names.
   *
   * @param key the label's key, for the message
   * @throws IllegalArgumentException if it breaks them; the message shows the bad character escaped
   */
  public static String checkLabelValue(String key, String value) {
    return value.isEmpty() ? value : check("value of label '" + key + "':", value);
  }

  private static String problem(String name) {
    if (name.isEmpty()) {
      return "is empty";
    }
    if (name.length() > LONGEST) {
      return "has %d characters, at most %d are allowed".formatted(name.length(), LONGEST);
    }
    int bad =
        name.codePoints()
            .filter(c -> c > 126 || !NAME.matcher("a" + Character.toString(c) + "a").matches())
            .findFirst()
            .orElse(-1);
    if (bad >= 0) {
      return "U+%04X is not allowed; use letters, digits, and . _ - @ : / or a space between them"
          .formatted(bad);
    }
    return "must begin and end with a letter or digit, without '..' or '//'";
  }
}
