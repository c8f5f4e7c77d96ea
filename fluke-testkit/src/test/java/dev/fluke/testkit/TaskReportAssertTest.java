package dev.fluke.testkit;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.executor.Difference;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.Outcome;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.StepReport;
import dev.fluke.report.TaskReport;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TaskReportAssertTest {
  private static final Map<Outcome, Consumer<TaskReport>> TASKS =
      Map.of(
          Outcome.CANCELLED, report -> assertThat(report).isCancelled(),
          Outcome.UNREACHABLE, report -> assertThat(report).isUnreachable(),
          Outcome.SKIPPED, report -> assertThat(report).isSkipped(),
          Outcome.UNKNOWN, report -> assertThat(report).isUnknown(),
          Outcome.FAILED, report -> assertThat(report).isFailed(),
          Outcome.NON_CONVERGENT, report -> assertThat(report).isNonConvergent(),
          Outcome.DRIFTED, report -> assertThat(report).isDrifted(),
          Outcome.REMEDIATED, report -> assertThat(report).isRemediated(),
          Outcome.IN_SYNC, report -> assertThat(report).isInSync());

  private static StepReport step(StepOutcome outcome) {
    return new StepReport(
        "service", outcome, List.of(new Difference("state", "running", "stopped")), "because");
  }

  private static TaskReport task(Outcome outcome) {
    return TaskReport.of(
        "web-01",
        new TaskReport.Declared("nginx", DriftPolicy.REMEDIATE, "1"),
        new TaskReport.End(outcome, "held back", Optional.of(DriftCause.REGRESSED)),
        List.of(step(StepOutcome.DRIFTED)));
  }

  @Test
  void hasOneAssertionForEachOutcomeOfATask() {
    assertThat(TASKS.keySet()).isEqualTo(EnumSet.allOf(Outcome.class));
    TASKS.forEach(
        (expected, assertion) -> {
          for (Outcome outcome : Outcome.values()) {
            if (outcome == expected) {
              assertion.accept(task(outcome));
            } else {
              assertThatThrownBy(() -> assertion.accept(task(outcome)))
                  .hasMessageStartingWith("expected " + expected + ", but was: nginx on web-01: ");
            }
          }
        });
  }

  @Test
  void showsReasonAndStepsWithAWrongOutcome() {
    assertThatThrownBy(() -> assertThat(task(Outcome.DRIFTED)).isRemediated())
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "expected REMEDIATED, but was: nginx on web-01: DRIFTED REGRESSED (held back)"
                + " [service: DRIFTED (because)]");
  }

  @Test
  void assertsCauseAndReason() {
    TaskReport task = task(Outcome.DRIFTED);

    assertThat(task).hasCause(DriftCause.REGRESSED).hasReasonContaining("held");

    assertThatThrownBy(() -> assertThat(task).hasCause(DriftCause.NEVER_APPLIED))
        .hasMessageStartingWith("expected cause NEVER_APPLIED of: nginx on web-01");
    assertThatThrownBy(() -> assertThat(task).hasReasonContaining("lost"))
        .hasMessageStartingWith("expected a reason with 'lost' in: nginx on web-01");
  }

  @Test
  void assertsTheRemark() {
    TaskReport task = task(Outcome.REMEDIATED).remarking("something undoes it");

    assertThat(task).hasRemarkContaining("undoes");

    assertThatThrownBy(() -> assertThat(task).hasRemarkContaining("lost"))
        .hasMessageStartingWith("expected a remark with 'lost' on: nginx on web-01");
  }
}
