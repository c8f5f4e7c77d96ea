package dev.fluke.cli.command;

import dev.fluke.cli.client.Caller;
import dev.fluke.command.Printable;
import java.util.List;
import java.util.Map;

/** Where the manifests of a daemon come from, and how that goes. */
record KnownSources(List<Map<String, Object>> all) {

  static KnownSources of(Caller caller) throws Exception {
    return new KnownSources(Answers.all(Daemons.good(caller.get("/v1/status")).body(), "sources"));
  }

  /** The exit status: good outcomes mean little if a source gave no revision yet. */
  int status(int ofOutcomes) {
    List<Map<String, Object>> unknown = all.stream().filter(KnownSources::isUnknown).toList();
    if (unknown.isEmpty() || ofOutcomes == ExitStatus.FAILED) {
      return ofOutcomes;
    }
    boolean wrong = unknown.stream().anyMatch(source -> !errors(source).isEmpty());
    return wrong ? ExitStatus.INVALID : ExitStatus.FAILED;
  }

  boolean areKnown() {
    return all.stream().noneMatch(KnownSources::isUnknown);
  }

  private static boolean isUnknown(Map<String, Object> source) {
    return Answers.text(source, "revision").isEmpty();
  }

  private static List<?> errors(Map<String, Object> source) {
    return source.get("errors") instanceof List<?> errors ? errors : List.of();
  }

  /** Prints which of them have something newer than what is in force, and why it is not. */
  void notes(Terminal to) {
    for (Map<String, Object> source : all) {
      String trouble = Answers.text(source, "trouble");
      if (!trouble.isEmpty()) {
        String name = Answers.text(source, "name");
        to.out().println("note: " + Printable.of(name + ": " + trouble));
        errors(source).forEach(e -> to.out().println("note: " + Printable.of(e.toString())));
      }
    }
  }
}
