package dev.fluke.report;

import static dev.fluke.report.JsonFields.object;
import static dev.fluke.report.JsonFields.step;

import dev.fluke.text.Json;
import java.util.Map;

/** A plan as JSON; unknown values are omitted. */
final class PlanJson {
  private PlanJson() {}

  static String of(Plan plan) {
    return Json.write(
        object(
            "in_sync", plan.isInSync(),
            "complete", plan.isComplete(),
            "tasks", plan.tasks().stream().map(PlanJson::task).toList(),
            "notes", plan.notes()));
  }

  private static Map<String, Object> task(Plan.PlannedTask task) {
    return object(
        "agent", task.agent(),
        "task", task.task(),
        "cause", task.cause(),
        "steps",
            task.steps().stream()
                .map(s -> step(s.step(), "verdict", s.verdict(), s.differences(), s.message()))
                .toList());
  }
}
