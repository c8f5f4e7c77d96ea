package dev.fluke.testkit;

import dev.fluke.manifest.DriftCause;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/** Assertions about how a task ended. */
public final class TaskReportAssert extends AbstractAssert<TaskReportAssert, TaskReport> {

  TaskReportAssert(TaskReport actual) {
    super(actual, TaskReportAssert.class);
  }

  /** It ended {@link Outcome#CANCELLED}. */
  public TaskReportAssert isCancelled() {
    return ended(Outcome.CANCELLED);
  }

  /** It ended {@link Outcome#UNREACHABLE}. */
  public TaskReportAssert isUnreachable() {
    return ended(Outcome.UNREACHABLE);
  }

  /** It ended {@link Outcome#SKIPPED}. */
  public TaskReportAssert isSkipped() {
    return ended(Outcome.SKIPPED);
  }

  /** It ended {@link Outcome#UNKNOWN}. */
  public TaskReportAssert isUnknown() {
    return ended(Outcome.UNKNOWN);
  }

  /** It ended {@link Outcome#FAILED}. */
  public TaskReportAssert isFailed() {
    return ended(Outcome.FAILED);
  }

  /** It ended {@link Outcome#NON_CONVERGENT}. */
  public TaskReportAssert isNonConvergent() {
    return ended(Outcome.NON_CONVERGENT);
  }

  /** It ended {@link Outcome#DRIFTED}. */
  public TaskReportAssert isDrifted() {
    return ended(Outcome.DRIFTED);
  }

  /** It ended {@link Outcome#REMEDIATED}. */
  public TaskReportAssert isRemediated() {
    return ended(Outcome.REMEDIATED);
  }

  /** It ended {@link Outcome#IN_SYNC}. */
  public TaskReportAssert isInSync() {
    return ended(Outcome.IN_SYNC);
  }

  /** It had drifted for this cause. */
  public TaskReportAssert hasCause(DriftCause expected) {
    isNotNull();
    if (!actual.cause().equals(Optional.of(expected))) {
      failWithMessage("expected cause %s of: %s", expected, actual);
    }
    return this;
  }

  /** Its reason contains this text. */
  public TaskReportAssert hasReasonContaining(String text) {
    isNotNull();
    if (!actual.reason().contains(text)) {
      failWithMessage("expected a reason with '%s' in: %s", text, actual);
    }
    return this;
  }

  private TaskReportAssert ended(Outcome expected) {
    isNotNull();
    if (actual.outcome() != expected) {
      failWithMessage("expected %s, but was: %s %s", expected, actual, actual.steps());
    }
    return this;
  }
}
