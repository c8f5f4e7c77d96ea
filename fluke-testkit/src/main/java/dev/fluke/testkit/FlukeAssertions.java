package dev.fluke.testkit;

import dev.fluke.report.StepReport;
import dev.fluke.report.TaskReport;

/** Entry points of the assertions, for a static import beside that of AssertJ's own. */
public final class FlukeAssertions {
  private FlukeAssertions() {}

  /** Begins assertions about the report of one task. */
  public static TaskReportAssert assertThat(TaskReport actual) {
    return new TaskReportAssert(actual);
  }

  /** Begins assertions about the report of one step. */
  public static StepReportAssert assertThat(StepReport actual) {
    return new StepReportAssert(actual);
  }

  /** Begins assertions about the commands that ran on a fake host. */
  public static FakeHostAssert assertThat(FakeHost actual) {
    return new FakeHostAssert(actual);
  }
}
