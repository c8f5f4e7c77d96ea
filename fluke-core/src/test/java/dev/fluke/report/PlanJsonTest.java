package dev.fluke.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.executor.Difference;
import dev.fluke.manifest.DriftCause;
import dev.fluke.report.Plan.PlannedStep;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.Plan.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A plan as JSON. */
class PlanJsonTest {
  private static final Difference MODE = new Difference("mode", "644", "600");

  @Test
  void writesAPlan() {
    PlannedStep step = new PlannedStep("file", Verdict.WOULD_BE_APPLIED, List.of(MODE), "");
    PlannedTask task =
        new PlannedTask("web-01", "motd", Optional.of(DriftCause.REGRESSED), List.of(step));

    assertThat(Plan.of(List.of(task), List.of("note")).toJson())
        .isEqualTo(
            """
            {"in_sync":false,"complete":true,"tasks":[{"agent":"web-01","task":"motd",\
            "cause":"REGRESSED","steps":[{"step":"file","verdict":"WOULD_BE_APPLIED",\
            "differences":[{"what":"mode","expected":"644","found":"600"}]}]}],"notes":["note"]}""");
  }

  @Test
  void writesAnIncompletePlan() {
    assertThat(Plan.of(List.of(), List.of()).incomplete().toJson())
        .isEqualTo("{\"in_sync\":false,\"complete\":false,\"tasks\":[],\"notes\":[]}");
  }
}
