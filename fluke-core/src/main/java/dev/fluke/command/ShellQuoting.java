package dev.fluke.command;

/**
 * Quoting for a POSIX shell: the one place where text becomes part of a script.
 *
 * <p>Between single quotes a POSIX shell takes every character as it is, the single quote aside,
 * which ends the quoting (POSIX.1-2017, Shell Command Language, 2.2.2).
 */
public final class ShellQuoting {
  private ShellQuoting() {}

  /**
   * {@code text} as one word of a shell script, whatever it contains.
   *
   * @throws IllegalArgumentException if it contains a NUL, which no shell can carry, or half a
   *     surrogate pair, which no encoding can
   */
  public static String quote(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new IllegalArgumentException(
            "a NUL character at index " + i + " can't be passed to a shell; send bytes by stdin");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new IllegalArgumentException(
            "half a surrogate pair at index %d is not Unicode text; send bytes by stdin"
                .formatted(i));
      }
    }
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
