package dev.fluke.text;

/** Makes text of hosts and of strangers fit to be shown: on one line, with nothing hidden in it. */
public final class Printable {
  private static final String GAP = " … ";

  private Printable() {}

  /**
   * {@code text} with everything escaped that could move a cursor, hide, or forge a line: control
   * and format characters, line and paragraph separators, halves of surrogate pairs.
   */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isPlain(c)) {
                shown.appendCodePoint(c);
              } else if (c == '\n') {
                shown.append("\\n");
              } else if (c == '\t') {
                shown.append("\\t");
              } else {
                shown.append(String.format("\\u%04x", c));
              }
            });
    return shown.toString();
  }

  /** The end of {@code text}, printable, at most {@code atMost} characters. */
  public static String lastLineOf(String text, int atMost) {
    boolean isLong = text.length() > atMost; // escaping makes no text shorter
    String shown = of(isLong ? text.substring(text.length() - atMost) : text);
    return isLong || shown.length() > atMost
        ? "…" + shown.substring(shown.length() - atMost + 1)
        : shown;
  }

  /**
   * {@code text} itself, or its beginning and its end around {@code … } if it is long; at most
   * {@code atMost} characters. It does not escape anything.
   */
  public static String shortened(String text, int atMost) {
    if (text.length() <= atMost) {
      return text;
    }
    int half = (atMost - GAP.length()) / 2;
    return text.substring(0, half) + GAP + text.substring(text.length() - half);
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
