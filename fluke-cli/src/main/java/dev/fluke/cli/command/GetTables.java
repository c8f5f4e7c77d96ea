package dev.fluke.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of {@code fluke get}, made of the JSON of API responses. */
final class GetTables {
  private static final List<String> EVENT_FIELDS =
      List.of(
          "source",
          "scope",
          "cause",
          "remediation_status",
          "outcome",
          "actor",
          "on_behalf_of",
          "reason",
          "revision",
          "remark",
          "run",
          "remarks");

  private GetTables() {}

  /** One row for each agent. */
  static Table agents(List<Map<String, Object>> agents) {
    Table table = Table.of("AGENT", "STATE", "IN SYNC", "LABELS", "REASON");
    for (Map<String, Object> agent : agents) {
      table.row(
          ApiJson.text(agent, "name"),
          ApiJson.text(agent, "state"),
          inSync(ApiJson.all(agent, "tasks")),
          labels(agent),
          ApiJson.text(agent, "reason"));
    }
    return table;
  }

  private static String inSync(List<Map<String, Object>> tasks) {
    long inSync =
        tasks.stream().filter(task -> ApiJson.status(List.of(task)) == ExitStatus.DONE).count();
    return inSync + "/" + tasks.size();
  }

  private static String labels(Map<String, Object> agent) {
    return ApiJson.one(agent, "labels").entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }

  /** One row for each task that is not known to be as declared. */
  static Table drift(List<Map<String, Object>> drift) {
    Table table = Table.of("AGENT", "TASK", "OUTCOME", "CAUSE", "SINCE", "REASON");
    for (Map<String, Object> task : drift) {
      table.row(
          ApiJson.text(task, "agent"),
          ApiJson.text(task, "task"),
          ApiJson.text(task, "outcome"),
          ApiJson.text(task, "cause"),
          DisplayText.seconds(ApiJson.text(task, "since")),
          DisplayText.reason(task, ApiJson.text(task, "failed_run")));
    }
    return table;
  }

  /** One row for each task of a report; {@code hinting} at the command for a failed run. */
  static Table report(List<Map<String, Object>> tasks, boolean hinting) {
    Table table = Table.of("AGENT", "TASK", "OUTCOME", "CAUSE", "REASON");
    for (Map<String, Object> task : tasks) {
      boolean failed =
          ApiJson.all(task, "steps").stream().anyMatch(step -> step.containsKey("output"));
      table.row(
          ApiJson.text(task, "agent"),
          ApiJson.text(task, "task"),
          ApiJson.text(task, "outcome"),
          ApiJson.text(task, "cause"),
          DisplayText.reason(task, hinting && failed ? ApiJson.text(task, "run") : ""));
    }
    return table;
  }

  /** One row for each step of a plan. */
  static Table plan(List<Map<String, Object>> tasks) {
    Table table = Table.of("AGENT", "TASK", "STEP", "VERDICT", "WHY");
    for (Map<String, Object> task : tasks) {
      for (Map<String, Object> step : ApiJson.all(task, "steps")) {
        table.row(
            ApiJson.text(task, "agent"),
            ApiJson.text(task, "task"),
            ApiJson.text(step, "step"),
            ApiJson.text(step, "verdict").toLowerCase(Locale.ROOT).replace('_', ' '),
            ApiJson.differences(step));
      }
    }
    return table;
  }

  /** One row for each event; its other fields follow the message, as in the log. */
  static Table events(List<Map<String, Object>> events) {
    Table table = Table.of("TIME", "EVENT", "AGENT", "TASK", "MESSAGE");
    for (Map<String, Object> event : events) {
      table.row(
          DisplayText.seconds(ApiJson.text(event, "timestamp")),
          ApiJson.text(event, "event"),
          ApiJson.text(ApiJson.one(event, "agent"), "name"),
          ApiJson.text(event, "task"),
          message(event));
    }
    return table;
  }

  private static String message(Map<String, Object> event) {
    String fields =
        EVENT_FIELDS.stream()
            .filter(event::containsKey)
            .map(field -> field + "=" + event.get(field))
            .collect(Collectors.joining(" "));
    return (ApiJson.text(event, "message") + " " + fields).strip();
  }
}
