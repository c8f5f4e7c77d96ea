package dev.fluke.cli.command;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads what the API answers. */
final class ApiJson {
  private static final Set<String> FAILED =
      Set.of("FAILED", "NON_CONVERGENT", "UNKNOWN", "CANCELLED");
  private static final Set<String> LEFT =
      Set.of("DRIFTED", "SKIPPED", "WOULD_BE_APPLIED", "NOT_KNOWN_YET");

  private ApiJson() {}

  /** The objects of a list, or none. */
  @SuppressWarnings("unchecked") // the API answers with objects there
  static List<Map<String, Object>> all(Map<String, Object> answer, String name) {
    return answer.get(name) instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
  }

  /** The object of this name, or an empty one. */
  @SuppressWarnings("unchecked") // as above
  static Map<String, Object> one(Map<String, Object> answer, String name) {
    return answer.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  static String text(Map<String, Object> answer, String name) {
    return answer.getOrDefault(name, "").toString();
  }

  /** The exit status that these outcomes mean: the worst decides. */
  static int status(List<Map<String, Object>> tasks) {
    Set<String> words = new TreeSet<>();
    tasks.forEach(task -> words.add(text(task, "outcome")));
    tasks.forEach(task -> all(task, "steps").forEach(step -> words.add(text(step, "verdict"))));
    if (words.stream().anyMatch(FAILED::contains)) {
      return ExitStatus.FAILED;
    }
    if (words.contains("UNREACHABLE")) {
      return ExitStatus.UNREACHABLE;
    }
    return words.stream().anyMatch(LEFT::contains) ? ExitStatus.DRIFT : ExitStatus.DONE;
  }

  /** {@code expected x, found y} of each difference. */
  static String differences(Map<String, Object> step) {
    StringBuilder text = new StringBuilder();
    for (Map<String, Object> found : all(step, "differences")) {
      text.append(text.isEmpty() ? "" : "; ")
          .append(text(found, "what"))
          .append(" should be '")
          .append(text(found, "expected"))
          .append("', is '")
          .append(text(found, "found"))
          .append("'");
    }
    return text.isEmpty() ? text(step, "message") : text.toString();
  }
}
