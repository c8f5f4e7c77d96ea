package dev.fluke.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The report of a cycle as JSON. */
class ReportJsonTest {
  private static final Instant AT = Instant.parse("2025-03-13T14:22:01Z");

  @Test
  void writesAReportOfAManualRun() {
    StepReport step = new StepReport("file", StepOutcome.FAILED, List.of(), "exit status 3");
    TaskReport task =
        TaskReport.of(
            "web-01",
            new TaskReport.Declared("motd", DriftPolicy.REMEDIATE_AND_ALERT, "r1"),
            new TaskReport.End(
                Outcome.FAILED, "step 'file'", Optional.of(DriftCause.NEVER_APPLIED)),
            List.of(step));
    CycleReport report =
        CycleReport.of(
            new CycleReport.Opening(
                7, Trigger.MANUAL, AT, new CycleReport.Request("ci", "ticket 7", "ann")),
            AT.plusSeconds(1),
            List.of(task),
            List.of("a note"));

    assertThat(report.toJson())
        .isEqualTo(
            """
            {"cycle":7,"trigger":"manual","actor":"ci","on_behalf_of":"ann",\
            "reason":"ticket 7","started_at":"2025-03-13T14:22:01Z","ended_at":"2025-03-13T14:22:02Z",\
            "succeeded":false,"complete":true,"tasks":[{"agent":"web-01","task":"motd",\
            "outcome":"FAILED","cause":"NEVER_APPLIED","policy":"remediate_and_alert",\
            "reason":"step 'file'","revision":"r1","steps":[{"step":"file","outcome":"FAILED",\
            "differences":[],"message":"exit status 3"}]}],"notes":["a note"]}""");
  }

  @Test
  void leavesOutOfAReportWhatIsEmpty() {
    CycleReport report =
        CycleReport.of(
            new CycleReport.Opening(1, Trigger.INTERVAL, AT, CycleReport.Request.NONE),
            AT,
            List.of(),
            List.of());

    assertThat(report.toJson())
        .isEqualTo(
            """
            {"cycle":1,"trigger":"interval","started_at":"2025-03-13T14:22:01Z",\
            "ended_at":"2025-03-13T14:22:01Z","succeeded":true,"complete":true,"tasks":[],"notes":[]}""");
  }
}
