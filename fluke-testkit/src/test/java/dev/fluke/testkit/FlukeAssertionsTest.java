package dev.fluke.testkit;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Command;
import dev.fluke.executor.Difference;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.Outcome;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.StepReport;
import dev.fluke.report.TaskReport;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Assertions say what was expected and all that is known. */
class FlukeAssertionsTest {
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

  private static TaskReport task(Outcome outcome) {
    return TaskReport.of(
        "web-01",
        "nginx",
        outcome,
        "held back",
        DriftPolicy.REMEDIATE,
        Optional.of(DriftCause.REGRESSED),
        List.of(step(StepOutcome.DRIFTED)),
        "1");
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
  void showsReasonAndStepsWithAWrongOutcome() {
    assertThatThrownBy(() -> assertThat(task(Outcome.DRIFTED)).isRemediated())
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "expected REMEDIATED, but was: nginx on web-01: DRIFTED REGRESSED (held back)"
                + " [service: DRIFTED (because)]");
    assertThatThrownBy(() -> assertThat(step(StepOutcome.DRIFTED)).isApplied())
        .hasMessage(
            "expected APPLIED, but was: service: DRIFTED (because)"
                + " [state should be 'running', is 'stopped']");
  }

  @Test
  void assertsCauseReasonAndMessage() {
    TaskReport task = task(Outcome.DRIFTED);
    StepReport step = step(StepOutcome.DRIFTED);

    assertThat(task).hasCause(DriftCause.REGRESSED).hasReasonContaining("held");
    assertThat(step).hasMessageContaining("cause");

    assertThatThrownBy(() -> assertThat(task).hasCause(DriftCause.NEVER_APPLIED))
        .hasMessageStartingWith("expected cause NEVER_APPLIED of: nginx on web-01");
    assertThatThrownBy(() -> assertThat(task).hasReasonContaining("lost"))
        .hasMessageStartingWith("expected a reason with 'lost' in: nginx on web-01");
    assertThatThrownBy(() -> assertThat(step).hasMessageContaining("lost"))
        .hasMessage("expected a message with 'lost' in: service: DRIFTED (because)");
  }

  @Test
  void showsTheJournalWithAWrongCount() throws Exception {
    FakeHost web = FakeHost.named("web-01").answer("check", 0).answer("100 % fix", 0);
    try (VirtualTime time = VirtualTime.seeded(1);
        HostConnection connection = web.open(Target.of("web-01", time))) {
      connection.act(Command.shell("100 % fix"));
      connection.ask(List.of(Command.shell("check")));
    }

    assertThat(web).ran("100 % fix").once().asked("check").times(1).ran("check").never();

    assertThatThrownBy(() -> assertThat(web).ran("100 % fix").never())
        .isInstanceOf(AssertionError.class)
        .hasMessage("web-01 ran '100 % fix' 1 times, expected 0; it ran: [100 % fix]");
    assertThatThrownBy(() -> assertThat(web).asked("other").once())
        .hasMessage("web-01 asked 'other' 0 times, expected 1; it asked: [check]");
  }
}
