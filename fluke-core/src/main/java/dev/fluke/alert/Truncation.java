package dev.fluke.alert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts that are not too long to be sent: of each, at most the first 2 KiB. */
final class Truncation {
  private static final int LONGEST = 2048; // bytes
  private static final String CUT = "…"; // 3 bytes

  private Truncation() {}

  /** The same with all texts in it shortened. */
  static Object value(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> shorter = new LinkedHashMap<>();
      map.forEach((name, each) -> shorter.put(name.toString(), value(each)));
      return shorter;
    }
    if (value instanceof Iterable<?> list) {
      List<Object> shorter = new ArrayList<>();
      list.forEach(each -> shorter.add(value(each)));
      return shorter;
    }
    return value instanceof Number || value instanceof Boolean ? value : text(value.toString());
  }

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
