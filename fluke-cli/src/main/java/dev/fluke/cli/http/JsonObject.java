package dev.fluke.cli.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Builds JSON objects that omit unknown values. */
final class JsonObject {
  private JsonObject() {}

  /** Names and values, in this order; an empty optional or text omits its name. */
  static Map<String, Object> of(Object... pairs) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      Object given = pairs[i + 1];
      Object value = given instanceof Optional<?> some ? some.orElse(null) : given;
      if (value != null && !"".equals(value)) {
        object.put(pairs[i].toString(), value);
      }
    }
    return object;
  }
}
