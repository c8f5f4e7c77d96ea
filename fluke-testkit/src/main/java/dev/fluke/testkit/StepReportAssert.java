package dev.fluke.testkit;

import dev.fluke.report.StepOutcome;
import dev.fluke.report.StepReport;
import org.assertj.core.api.AbstractAssert;

/** Assertions about how a step ended. */
public final class StepReportAssert extends AbstractAssert<StepReportAssert, StepReport> {

  StepReportAssert(StepReport actual) {
    super(actual, StepReportAssert.class);
  }

  /** It ended {@link StepOutcome#IN_SYNC}. */
  public StepReportAssert isInSync() {
    return ended(StepOutcome.IN_SYNC);
  }

  /** It ended {@link StepOutcome#DRIFTED}. */
  public StepReportAssert isDrifted() {
    return ended(StepOutcome.DRIFTED);
  }

  /** It ended {@link StepOutcome#APPLIED}. */
  public StepReportAssert isApplied() {
    return ended(StepOutcome.APPLIED);
  }

  /** It ended {@link StepOutcome#FAILED}. */
  public StepReportAssert isFailed() {
    return ended(StepOutcome.FAILED);
  }

  /** It ended {@link StepOutcome#NON_CONVERGENT}. */
  public StepReportAssert isNonConvergent() {
    return ended(StepOutcome.NON_CONVERGENT);
  }

  /** It ended {@link StepOutcome#UNKNOWN}. */
  public StepReportAssert isUnknown() {
    return ended(StepOutcome.UNKNOWN);
  }

  /** It ended {@link StepOutcome#NOT_RUN}. */
  public StepReportAssert isNotRun() {
    return ended(StepOutcome.NOT_RUN);
  }

  /** Its message contains this text. */
  public StepReportAssert hasMessageContaining(String text) {
    isNotNull();
    if (!actual.message().contains(text)) {
      failWithMessage("expected a message with '%s' in: %s", text, actual);
    }
    return this;
  }

  private StepReportAssert ended(StepOutcome expected) {
    isNotNull();
    if (actual.outcome() != expected) {
      failWithMessage("expected %s, but was: %s %s", expected, actual, actual.differences());
    }
    return this;
  }
}
