package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.executor.Difference;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan;
import dev.fluke.report.Plan.PlannedStep;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.Plan.Verdict;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.StepReport;
import dev.fluke.report.TaskReport;
import dev.fluke.report.Trigger;
import dev.fluke.text.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultViewsTest {
  private static final Difference MODE = new Difference("mode", "644", "600");

  @Test
  void showAPlan() {
    PlannedStep step = new PlannedStep("file", Verdict.WOULD_BE_APPLIED, List.of(MODE), "");
    PlannedTask task =
        new PlannedTask("web-01", "motd", Optional.of(DriftCause.REGRESSED), List.of(step));

    assertThat(Json.write(ResultViews.plan(Plan.of(List.of(task), List.of("note")))))
        .isEqualTo(
            "{\"in_sync\":false,\"complete\":true,\"tasks\":[{\"agent\":\"web-01\","
                + "\"task\":\"motd\",\"cause\":\"REGRESSED\",\"steps\":[{\"step\":\"file\","
                + "\"verdict\":\"WOULD_BE_APPLIED\",\"differences\":[{\"what\":\"mode\","
                + "\"expected\":\"644\",\"found\":\"600\"}]}]}],\"notes\":[\"note\"]}");
  }

  @Test
  void showAnIncompletePlan() {
    assertThat(ResultViews.plan(Plan.of(List.of(), List.of()).incomplete()))
        .containsEntry("complete", false);
  }

  @Test
  void showAReportWithoutEmptyTexts() {
    StepReport step = new StepReport("file", StepOutcome.FAILED, List.of(), "exit status 3");
    TaskReport task =
        TaskReport.of(
            "web-01",
            new TaskReport.Declared("motd", DriftPolicy.REMEDIATE, "r1"),
            new TaskReport.End(Outcome.FAILED, "step 'file'", Optional.empty()),
            List.of(step));
    CycleReport report =
        CycleReport.of(
            new CycleReport.Opening(7, Trigger.INTERVAL, Instant.EPOCH, CycleReport.Request.NONE),
            Instant.EPOCH.plusSeconds(1),
            List.of(task),
            List.of());

    assertThat(ResultViews.report(report))
        .containsEntry("cycle", 7L)
        .containsEntry("succeeded", false)
        .containsEntry("complete", true)
        .doesNotContainKeys("actor", "reason");
    assertThat(Json.write(ResultViews.report(report)))
        .contains(
            "\"tasks\":[{\"agent\":\"web-01\",\"task\":\"motd\",\"outcome\":\"FAILED\"",
            "\"steps\":[{\"step\":\"file\",\"outcome\":\"FAILED\",\"differences\":[],"
                + "\"message\":\"exit status 3\"}]");
  }
}
