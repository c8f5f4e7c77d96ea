package dev.fluke.cli.command;

import dev.fluke.cli.client.ApiClient;
import dev.fluke.cli.client.ApiReply;
import java.util.List;
import java.util.Map;

/** Where the manifests of a daemon come from, and how that goes. */
record SourceHealth(List<Map<String, Object>> all) {
  /** How many errors of a source are shown. */
  private static final int MOST = 10;

  static SourceHealth of(ApiClient caller) throws Exception {
    return new SourceHealth(sources(DaemonClient.good(caller.get("/v1/status"))));
  }

  /** The exit status of a report or plan: its outcomes mean little if not all tasks were known. */
  static int status(int ofOutcomes, Map<String, Object> told, ApiClient caller) throws Exception {
    boolean known = !Boolean.FALSE.equals(told.get("complete"));
    return known || ofOutcomes == ExitStatus.FAILED
        ? ofOutcomes
        : new SourceHealth(sources(caller.get("/v1/status"))).statusOfUnknown();
  }

  /** The same, of what is known now. */
  int status(int ofOutcomes) {
    return areKnown() || ofOutcomes == ExitStatus.FAILED ? ofOutcomes : statusOfUnknown();
  }

  private int statusOfUnknown() {
    return all.stream().anyMatch(SourceHealth::isWrong) ? ExitStatus.INVALID : ExitStatus.FAILED;
  }

  private static List<Map<String, Object>> sources(ApiReply status) {
    return ApiJson.all(status.body(), "sources");
  }

  private static boolean isWrong(Map<String, Object> source) {
    return isUnknown(source) && !errors(source).isEmpty();
  }

  boolean areKnown() {
    return all.stream().noneMatch(SourceHealth::isUnknown);
  }

  private static boolean isUnknown(Map<String, Object> source) {
    return ApiJson.text(source, "revision").isEmpty();
  }

  private static List<?> errors(Map<String, Object> source) {
    return source.get("errors") instanceof List<?> errors ? errors : List.of();
  }

  /** Prints which of them have something newer than what is in force, and why it is not. */
  void notes(Terminal to) {
    for (Map<String, Object> source : all) {
      String trouble = ApiJson.text(source, "last_error");
      if (trouble.isEmpty() && isUnknown(source)) {
        trouble = "has given no revision yet";
      }
      if (!trouble.isEmpty()) {
        DisplayText.note(to, ApiJson.text(source, "name") + ": " + trouble);
      }
      List<?> errors = errors(source);
      errors.stream().limit(MOST).forEach(error -> DisplayText.note(to, error.toString()));
      if (errors.size() > MOST) {
        DisplayText.note(to, "and " + (errors.size() - MOST) + " more errors");
      }
    }
  }
}
