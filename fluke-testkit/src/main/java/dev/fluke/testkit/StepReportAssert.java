package dev.fluke.testkit;

import dev.fluke.report.StepOutcome;
import dev.fluke.report.StepReport;
import org.assertj.core.api.AbstractAssert;

/** Assertions about the report of one step. */
public final class StepReportAssert extends AbstractAssert<StepReportAssert, StepReport> {

  StepReportAssert(StepReport actual) {
    super(actual, StepReportAssert.class);
  }

  /** Verifies that the step ended {@link StepOutcome#IN_SYNC}. */
  public StepReportAssert isInSync() {
    return endedAs(StepOutcome.IN_SYNC);
  }

  /** Verifies that the step ended {@link StepOutcome#DRIFTED}. */
  public StepReportAssert isDrifted() {
    return endedAs(StepOutcome.DRIFTED);
  }

  /** Verifies that the step ended {@link StepOutcome#APPLIED}. */
  public StepReportAssert isApplied() {
    return endedAs(StepOutcome.APPLIED);
  }

  /** Verifies that the step ended {@link StepOutcome#FAILED}. */
  public StepReportAssert isFailed() {
    return endedAs(StepOutcome.FAILED);
  }

  /** Verifies that the step ended {@link StepOutcome#NON_CONVERGENT}. */
  public StepReportAssert isNonConvergent() {
    return endedAs(StepOutcome.NON_CONVERGENT);
  }

  /** Verifies that the step ended {@link StepOutcome#UNKNOWN}. */
  public StepReportAssert isUnknown() {
    return endedAs(StepOutcome.UNKNOWN);
  }

  /** Verifies that the step ended {@link StepOutcome#NOT_RUN}. */
  public StepReportAssert isNotRun() {
    return endedAs(StepOutcome.NOT_RUN);
  }

  /** Verifies that the message contains this text. */
  public StepReportAssert hasMessageContaining(String text) {
    isNotNull();
    if (!actual.message().contains(text)) {
      failWithMessage("expected a message with '%s' in: %s", text, actual);
    }
    return this;
  }

  /** Verifies that its apply failed and printed this text. */
  public StepReportAssert hasOutputContaining(String text) {
    isNotNull();
    if (!actual.output().contains(text)) {
      failWithMessage("expected an output with '%s' of: %s %s", text, actual, actual.output());
    }
    return this;
  }

  private StepReportAssert endedAs(StepOutcome expected) {
    isNotNull();
    if (actual.outcome() != expected) {
      failWithMessage("expected %s, but was: %s %s", expected, actual, actual.differences());
    }
    return this;
  }
}
