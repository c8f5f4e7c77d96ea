package dev.fluke.report;

import dev.fluke.executor.Difference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What reports, plans and the status have in common as JSON. */
final class JsonFields {
  private JsonFields() {}

  /** Names and values, in this order; an empty optional or text omits its name. */
  static Map<String, Object> object(Object... pairs) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      Object value = pairs[i + 1] instanceof Optional<?> some ? some.orElse(null) : pairs[i + 1];
      if (value != null && !value.equals("")) {
        object.put(pairs[i].toString(), value);
      }
    }
    return object;
  }

  /** A step with its result, which is an outcome or a verdict. */
  static Map<String, Object> step(
      String name,
      String resultName,
      Enum<?> result,
      List<Difference> differences,
      String message) {
    return object(
        "step",
        name,
        resultName,
        result,
        "differences",
        differences.stream().map(JsonFields::difference).toList(),
        "message",
        message);
  }

  private static Map<String, Object> difference(Difference found) {
    return object("what", found.what(), "expected", found.expected(), "found", found.found());
  }
}
