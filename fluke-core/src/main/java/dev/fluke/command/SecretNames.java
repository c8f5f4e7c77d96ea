package dev.fluke.command;

import dev.fluke.text.Printable;
import java.util.regex.Pattern;

/** The names of secrets. One is never a path, so that a directory can have a file of that name. */
final class SecretNames {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  private SecretNames() {}

  /**
   * Returns the name.
   *
   * @throws IllegalArgumentException if a secret can't have it
   */
  static String check(String name) {
    if (!isOne(name)) {
      throw new IllegalArgumentException(
          "'%s' is not the name of a secret; use 1 to 128 letters, digits, and . _ -, with a letter, a digit or _ first"
              .formatted(Printable.of(name)));
    }
    return name;
  }

  static boolean isOne(String name) {
    return NAME.matcher(name).matches();
  }
}
