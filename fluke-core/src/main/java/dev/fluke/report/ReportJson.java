package dev.fluke.report;

import static dev.fluke.report.JsonFields.object;
import static dev.fluke.report.JsonFields.step;

import dev.fluke.text.Json;
import java.util.Map;

/** The report of a cycle as JSON; unknown values are omitted. */
final class ReportJson {
  private ReportJson() {}

  static String of(CycleReport report) {
    return Json.write(
        object(
            "cycle", report.cycle(),
            "trigger", report.trigger(),
            "actor", report.actor(),
            "on_behalf_of", report.onBehalfOf(),
            "reason", report.reason(),
            "started_at", report.startedAt(),
            "ended_at", report.endedAt(),
            "succeeded", report.succeeded(),
            "complete", report.isComplete(),
            "tasks", report.tasks().stream().map(ReportJson::task).toList(),
            "notes", report.notes()));
  }

  private static Map<String, Object> task(TaskReport task) {
    return object(
        "agent", task.agent(),
        "task", task.task(),
        "outcome", task.outcome(),
        "cause", task.cause(),
        "policy", task.policy(),
        "reason", task.reason(),
        "remark", task.remark(),
        "revision", task.revision(),
        "run", task.run(),
        "steps", task.steps().stream().map(ReportJson::stepOf).toList());
  }

  private static Map<String, Object> stepOf(StepReport report) {
    Map<String, Object> step =
        step(report.step(), "outcome", report.outcome(), report.differences(), report.message());
    if (!report.output().isEmpty()) {
      step.put("output", report.output());
    }
    return step;
  }
}
