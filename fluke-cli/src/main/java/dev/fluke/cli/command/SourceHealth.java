package dev.fluke.cli.command;

import dev.fluke.cli.client.ApiClient;
import dev.fluke.cli.client.ApiReply;
import java.util.List;
import java.util.Map;

/** The state of the manifest sources, from {@code /v1/status}. */
record SourceHealth(List<Map<String, Object>> all) {
  /** The number of errors shown for each source. */
  private static final int SHOWN_ERRORS = 10;

  static SourceHealth of(ApiClient client) throws Exception {
    return new SourceHealth(sources(DaemonClient.success(client.get("/v1/status"))));
  }

  /**
   * The exit status of a report or plan. If it is not complete, some tasks are unknown, so the
   * state of the sources counts too.
   */
  static int status(int ofOutcomes, Map<String, Object> result, ApiClient client) throws Exception {
    boolean complete = !Boolean.FALSE.equals(result.get("complete"));
    return complete || ofOutcomes == ExitStatus.FAILED
        ? ofOutcomes
        : new SourceHealth(sources(client.get("/v1/status"))).statusWithoutRevision();
  }

  /** The exit status of these outcomes; sources without a revision count too. */
  int status(int ofOutcomes) {
    return haveRevisions() || ofOutcomes == ExitStatus.FAILED
        ? ofOutcomes
        : statusWithoutRevision();
  }

  private int statusWithoutRevision() {
    return all.stream().anyMatch(SourceHealth::isBroken) ? ExitStatus.INVALID : ExitStatus.FAILED;
  }

  private static List<Map<String, Object>> sources(ApiReply status) {
    return ApiJson.all(status.body(), "sources");
  }

  private static boolean isBroken(Map<String, Object> source) {
    return lacksRevision(source) && !errors(source).isEmpty();
  }

  /** Whether every source has a revision. */
  boolean haveRevisions() {
    return all.stream().noneMatch(SourceHealth::lacksRevision);
  }

  private static boolean lacksRevision(Map<String, Object> source) {
    return ApiJson.text(source, "revision").isEmpty();
  }

  private static List<?> errors(Map<String, Object> source) {
    return source.get("errors") instanceof List<?> errors ? errors : List.of();
  }

  /** Prints the latest error of each source and what is wrong with its newest revision. */
  void printNotes(Terminal to) {
    for (Map<String, Object> source : all) {
      String problem = ApiJson.text(source, "last_error");
      if (problem.isEmpty() && lacksRevision(source)) {
        problem = "has no revision yet";
      }
      if (!problem.isEmpty()) {
        DisplayText.note(to, ApiJson.text(source, "name") + ": " + problem);
      }
      List<?> errors = errors(source);
      errors.stream().limit(SHOWN_ERRORS).forEach(error -> DisplayText.note(to, error.toString()));
      if (errors.size() > SHOWN_ERRORS) {
        DisplayText.note(to, "and " + (errors.size() - SHOWN_ERRORS) + " more errors");
      }
    }
  }
}
