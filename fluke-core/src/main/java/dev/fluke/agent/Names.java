package dev.fluke.agent;

import dev.fluke.text.Printable;
import java.util.regex.Pattern;

/**
 * The one pattern that names and labels are held to, so that they are harmless wherever they are
 * shown or stored later: logs, file names, metrics, URLs.
 */
public final class Names {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_. @:/-]{0,251}[A-Za-z0-9_])?");
  private static final int LONGEST = 253;

  private Names() {}

  /**
   * {@code name}, if it is one.
   *
   * @param what what is named, for the message, such as {@code agent}
   * @throws IllegalArgumentException naming the offending character, escaped
   */
  public static String check(String what, String name) {
    if (NAME.matcher(name).matches() && !name.contains("..") && !name.contains("//")) {
      return name;
    }
    throw new IllegalArgumentException(
        what + " name '" + Printable.lastLineOf(name, 60) + "': " + problem(name));
  }

  /**
   * {@code value}, if it may be the value of a label: as a name, or empty.
   *
   * @throws IllegalArgumentException naming the offending character, escaped
   */
  public static String checkLabelValue(String key, String value) {
    return value.isEmpty() ? value : check("value of label '" + key + "':", value);
  }

  private static String problem(String name) {
    if (name.isEmpty()) {
      return "is empty";
    }
    if (name.length() > LONGEST) {
      return "has " + name.length() + " characters, at most " + LONGEST + " are allowed";
    }
    int bad =
        name.codePoints()
            .filter(c -> c > 126 || !NAME.matcher("a" + Character.toString(c) + "a").matches())
            .findFirst()
            .orElse(-1);
    if (bad >= 0) {
      return String.format("U+%04X is not allowed", bad)
          + "; use letters, digits, and . _ - @ : / or a space between them";
    }
    return "must begin and end with a letter or digit, without '..' or '//'";
  }
}
