package dev.fluke.testkit;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.executor.Difference;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.StepReport;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StepReportAssertTest {
  private static final Map<StepOutcome, Consumer<StepReport>> STEPS =
      Map.of(
          StepOutcome.IN_SYNC, report -> assertThat(report).isInSync(),
          StepOutcome.DRIFTED, report -> assertThat(report).isDrifted(),
          StepOutcome.APPLIED, report -> assertThat(report).isApplied(),
          StepOutcome.FAILED, report -> assertThat(report).isFailed(),
          StepOutcome.NON_CONVERGENT, report -> assertThat(report).isNonConvergent(),
          StepOutcome.UNKNOWN, report -> assertThat(report).isUnknown(),
          StepOutcome.NOT_RUN, report -> assertThat(report).isNotRun());

  private static StepReport step(StepOutcome outcome) {
    return new StepReport(
        "service", outcome, List.of(new Difference("state", "running", "stopped")), "because");
  }

  @Test
  void hasOneAssertionForEachOutcomeOfAStep() {
    assertThat(STEPS.keySet()).isEqualTo(EnumSet.allOf(StepOutcome.class));
    STEPS.forEach(
        (expected, assertion) -> {
          for (StepOutcome outcome : StepOutcome.values()) {
            if (outcome == expected) {
              assertion.accept(step(outcome));
            } else {
              assertThatThrownBy(() -> assertion.accept(step(outcome)))
                  .hasMessageStartingWith("expected " + expected + ", but was: service: ");
            }
          }
        });
  }

  @Test
  void showsDifferencesWithAWrongOutcome() {
    assertThatThrownBy(() -> assertThat(step(StepOutcome.DRIFTED)).isApplied())
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "expected APPLIED, but was: service: DRIFTED (because)"
                + " [state should be 'running', is 'stopped']");
  }

  @Test
  void assertsTheMessage() {
    StepReport step = step(StepOutcome.DRIFTED);

    assertThat(step).hasMessageContaining("cause");

    assertThatThrownBy(() -> assertThat(step).hasMessageContaining("lost"))
        .hasMessage("expected a message with 'lost' in: service: DRIFTED (because)");
  }

  @Test
  void assertsTheOutput() {
    StepReport step =
        new StepReport("service", StepOutcome.FAILED, List.of(), "exit status 1", "no room");

    assertThat(step).hasOutputContaining("room");

    assertThatThrownBy(() -> assertThat(step).hasOutputContaining("lost"))
        .hasMessage("expected an output with 'lost' of: service: FAILED (exit status 1) no room");
  }
}
