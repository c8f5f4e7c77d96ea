package dev.fluke.testkit;

import dev.fluke.manifest.DriftCause;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/** Assertions about the report of one task. */
public final class TaskReportAssert extends AbstractAssert<TaskReportAssert, TaskReport> {

  TaskReportAssert(TaskReport actual) {
    super(actual, TaskReportAssert.class);
  }

  /** Verifies that the task ended {@link Outcome#CANCELLED}. */
  public TaskReportAssert isCancelled() {
    return endedAs(Outcome.CANCELLED);
  }

  /** Verifies that the task ended {@link Outcome#UNREACHABLE}. */
  public TaskReportAssert isUnreachable() {
    return endedAs(Outcome.UNREACHABLE);
  }

  /** Verifies that the task ended {@link Outcome#SKIPPED}. */
  public TaskReportAssert isSkipped() {
    return endedAs(Outcome.SKIPPED);
  }

  /** Verifies that the task ended {@link Outcome#UNKNOWN}. */
  public TaskReportAssert isUnknown() {
    return endedAs(Outcome.UNKNOWN);
  }

  /** Verifies that the task ended {@link Outcome#FAILED}. */
  public TaskReportAssert isFailed() {
    return endedAs(Outcome.FAILED);
  }

  /** Verifies that the task ended {@link Outcome#NON_CONVERGENT}. */
  public TaskReportAssert isNonConvergent() {
    return endedAs(Outcome.NON_CONVERGENT);
  }

  /** Verifies that the task ended {@link Outcome#DRIFTED}. */
  public TaskReportAssert isDrifted() {
    return endedAs(Outcome.DRIFTED);
  }

  /** Verifies that the task ended {@link Outcome#REMEDIATED}. */
  public TaskReportAssert isRemediated() {
    return endedAs(Outcome.REMEDIATED);
  }

  /** Verifies that the task ended {@link Outcome#IN_SYNC}. */
  public TaskReportAssert isInSync() {
    return endedAs(Outcome.IN_SYNC);
  }

  /** Verifies that the task had drifted for this cause. */
  public TaskReportAssert hasCause(DriftCause expected) {
    isNotNull();
    if (!actual.cause().equals(Optional.of(expected))) {
      failWithMessage("expected cause %s of: %s", expected, actual);
    }
    return this;
  }

  /** Verifies that the reason contains this text. */
  public TaskReportAssert hasReasonContaining(String text) {
    isNotNull();
    if (!actual.reason().contains(text)) {
      failWithMessage("expected a reason with '%s' in: %s", text, actual);
    }
    return this;
  }

  /** Verifies that the remark on the task contains this text. */
  public TaskReportAssert hasRemarkContaining(String text) {
    isNotNull();
    if (!actual.remark().contains(text)) {
      failWithMessage("expected a remark with '%s' on: %s", text, actual);
    }
    return this;
  }

  private TaskReportAssert endedAs(Outcome expected) {
    isNotNull();
    if (actual.outcome() != expected) {
      failWithMessage("expected %s, but was: %s %s", expected, actual, actual.steps());
    }
    return this;
  }
}
