package dev.fluke.cli.http;

import dev.fluke.executor.Difference;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Plan;
import dev.fluke.report.TaskReport;
import java.util.List;
import java.util.Map;

/** Reports and plans as JSON objects; unknown values are omitted. */
final class ResultViews {
  private ResultViews() {}

  static Map<String, Object> report(CycleReport report) {
    return JsonObject.of(
        "cycle", report.cycle(),
        "trigger", report.trigger(),
        "actor", report.actor(),
        "reason", report.reason(),
        "started_at", report.startedAt(),
        "ended_at", report.endedAt(),
        "succeeded", report.succeeded(),
        "complete", report.isComplete(),
        "tasks", report.tasks().stream().map(ResultViews::reported).toList(),
        "notes", report.notes());
  }

  private static Map<String, Object> reported(TaskReport task) {
    return JsonObject.of(
        "agent", task.agent(),
        "task", task.task(),
        "outcome", task.outcome(),
        "cause", task.cause(),
        "policy", task.policy(),
        "reason", task.reason(),
        "revision", task.revision(),
        "steps",
            task.steps().stream()
                .map(s -> step(s.step(), "outcome", s.outcome(), s.differences(), s.message()))
                .toList());
  }

  static Map<String, Object> plan(Plan plan) {
    return JsonObject.of(
        "in_sync", plan.isInSync(),
        "complete", plan.isComplete(),
        "tasks", plan.tasks().stream().map(ResultViews::planned).toList(),
        "notes", plan.notes());
  }

  private static Map<String, Object> planned(Plan.PlannedTask task) {
    return JsonObject.of(
        "agent", task.agent(),
        "task", task.task(),
        "cause", task.cause(),
        "steps",
            task.steps().stream()
                .map(s -> step(s.step(), "verdict", s.verdict(), s.differences(), s.message()))
                .toList());
  }

  /** A step with its result, which is an outcome or a verdict. */
  private static Map<String, Object> step(
      String name,
      String resultName,
      Enum<?> result,
      List<Difference> differences,
      String message) {
    return JsonObject.of(
        "step",
        name,
        resultName,
        result,
        "differences",
        differences.stream().map(ResultViews::difference).toList(),
        "message",
        message);
  }

  private static Map<String, Object> difference(Difference found) {
    return JsonObject.of(
        "what", found.what(), "expected", found.expected(), "found", found.found());
  }
}
