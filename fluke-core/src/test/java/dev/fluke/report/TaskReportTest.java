package dev.fluke.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskReportTest {
  private static final StepReport STEP =
      new StepReport("service", StepOutcome.UNKNOWN, List.of(), "no bus");

  private static TaskReport report(String reason, Optional<DriftCause> cause) {
    return TaskReport.of(
        "web-01",
        new TaskReport.Declared("nginx", DriftPolicy.ALERT_ONLY, "4f2d9c1"),
        new TaskReport.End(Outcome.UNKNOWN, reason, cause),
        List.of(STEP));
  }

  @Test
  void readsAsItWasMade() {
    TaskReport report = report("held", Optional.of(DriftCause.REGRESSED));

    assertThat(report.agent()).isEqualTo("web-01");
    assertThat(report.task()).isEqualTo("nginx");
    assertThat(report.policy()).isEqualTo(DriftPolicy.ALERT_ONLY);
    assertThat(report.revision()).isEqualTo("4f2d9c1");
    assertThat(report.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(report.reason()).isEqualTo("held");
    assertThat(report.cause()).contains(DriftCause.REGRESSED);
    assertThat(report.steps()).containsExactly(STEP);
  }

  @Test
  void printsOneLine() {
    assertThat(report("held", Optional.of(DriftCause.REGRESSED)))
        .hasToString("nginx on web-01: UNKNOWN REGRESSED (held)");
    assertThat(report("", Optional.empty())).hasToString("nginx on web-01: UNKNOWN");
  }

  @Test
  void findsAStepByItsName() {
    TaskReport report = report("", Optional.empty());

    assertThat(report.step("service")).isSameAs(STEP);
    assertThatThrownBy(() -> report.step("config"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no step 'config' in nginx on web-01: UNKNOWN [service: UNKNOWN (no bus)]");
  }
}
