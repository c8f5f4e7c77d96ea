package dev.fluke.cli.command;

import dev.fluke.executor.Difference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the JSON of API responses. */
final class ApiJson {
  private static final Set<String> FAILED =
      Set.of("FAILED", "NON_CONVERGENT", "UNKNOWN", "CANCELLED");
  private static final Set<String> LEFT =
      Set.of("DRIFTED", "SKIPPED", "WOULD_BE_APPLIED", "NOT_KNOWN_YET");

  private ApiJson() {}

  /** The objects of the list with this name; empty if there is no such list. */
  @SuppressWarnings("unchecked") // the API sends a list of objects
  static List<Map<String, Object>> all(Map<String, Object> response, String name) {
    return response.get(name) instanceof List<?> list
        ? (List<Map<String, Object>>) list
        : List.of();
  }

  /** The object with this name; empty if there is none. */
  @SuppressWarnings("unchecked") // as above
  static Map<String, Object> one(Map<String, Object> response, String name) {
    return response.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** The value with this name as text; empty if there is none. */
  static String text(Map<String, Object> response, String name) {
    return response.getOrDefault(name, "").toString();
  }

  /** The exit status for these outcomes and verdicts: the worst one decides. */
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

  /**
   * Each difference as {@code WHAT should be 'X', is 'Y'}, on one line; without any, the step's
   * message.
   */
  static String differences(Map<String, Object> step) {
    List<Difference> differences = differencesOf(step).toList();
    return differences.isEmpty()
        ? text(step, "message")
        : differences.stream().map(Difference::summary).collect(Collectors.joining("; "));
  }

  /** The differences of values that have several lines, line by line and printable. */
  static List<String> differingLines(Map<String, Object> step) {
    return differencesOf(step).flatMap(difference -> difference.lines().stream()).toList();
  }

  private static Stream<Difference> differencesOf(Map<String, Object> step) {
    return all(step, "differences").stream()
        .map(
            found ->
                new Difference(text(found, "what"), text(found, "expected"), text(found, "found")));
  }
}
