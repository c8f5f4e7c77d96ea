package dev.fluke.text;

import java.util.Map;

/**
 * Reads JSON (RFC 8259), and writes it on one line, with everything escaped that could break a line
 * or hide.
 */
public final class Json {
  private Json() {}

  /**
   * {@code value} as JSON: a map, an iterable, a number, a boolean, or the text of anything else.
   */
  public static String write(Object value) {
    StringBuilder json = new StringBuilder();
    append(json, value);
    return json.toString();
  }

  /**
   * Reads one JSON object: texts, {@link Boolean}, lists, and maps in the order of the text. Whole
   * numbers are {@link Long}, or {@link java.math.BigInteger} if they are longer. Others are {@link
   * Double}, or {@link java.math.BigDecimal} if a double would change them.
   *
   * @throws IllegalArgumentException if the text is anything else, has a key twice, or has a {@code
   *     null} in it; the message names the character
   */
  public static Map<String, Object> readObject(String text) {
    return new JsonReader(text).object();
  }

  /** Whether {@link #readObject} reads the text of this number; {@code NaN} is none in JSON. */
  public static boolean canRead(Number number) {
    return JsonReader.canRead(number);
  }

  private static void append(StringBuilder json, Object value) {
    if (value instanceof Map<?, ?> map) {
      appendObject(json, map);
    } else if (value instanceof Iterable<?> list) {
      appendArray(json, list);
    } else if (value instanceof Number || value instanceof Boolean) {
      json.append(value);
    } else {
      appendString(json, value.toString());
    }
  }

  private static void appendObject(StringBuilder json, Map<?, ?> map) {
    json.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      json.append(separator);
      appendString(json, entry.getKey().toString());
      json.append(':');
      append(json, entry.getValue());
      separator = ",";
    }
    json.append('}');
  }

  private static void appendArray(StringBuilder json, Iterable<?> list) {
    json.append('[');
    String separator = "";
    for (Object item : list) {
      json.append(separator);
      append(json, item);
      separator = ",";
    }
    json.append(']');
  }

  private static void appendString(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (mustEscape(text, i)) {
            json.append(String.format("\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }

  /** Control and format characters, line separators, and halves of surrogate pairs. */
  private static boolean mustEscape(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }
    return Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || c == '\u2028'
        || c == '\u2029';
  }
}
