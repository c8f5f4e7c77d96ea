package dev.fluke.alert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cuts texts that are too long to be sent: each keeps at most its first 2 KiB. */
final class Truncation {
  private static final int LONGEST = 2048; // bytes
  private static final String CUT = "…"; // 3 bytes

  private Truncation() {}

  /** The same value with each text in it cut, also in maps and lists. */
  static Object value(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> cut = new LinkedHashMap<>();
      map.forEach((name, each) -> cut.put(name.toString(), value(each)));
      return cut;
    }
    if (value instanceof Iterable<?> list) {
      List<Object> cut = new ArrayList<>();
      list.forEach(each -> cut.add(value(each)));
      return cut;
    }
    return value instanceof Number || value instanceof Boolean ? value : text(value.toString());
  }

  /** The text, cut between two characters if its UTF-8 form is longer than 2 KiB. */
  static String text(String text) {
    if (text.length() <= LONGEST / 3 || bytes(text) <= LONGEST) {
      return text;
    }
    int length = 0;
    int end = 0;
    while (true) {
      int c = text.codePointAt(end);
      length += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (length > LONGEST - 3) {
        return text.substring(0, end) + CUT;
      }
      end += Character.charCount(c);
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
