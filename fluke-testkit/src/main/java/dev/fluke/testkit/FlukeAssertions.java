package dev.fluke.testkit;

import dev.fluke.report.StepReport;
import dev.fluke.report.TaskReport;

/** Entry points of the assertions; meant for a static import beside AssertJ's own. */
public final class FlukeAssertions {
  private FlukeAssertions() {}

  /** Begins an assertion about how a task ended. */
  public static TaskReportAssert assertThat(TaskReport actual) {
    return new TaskReportAssert(actual);
  }

  /** Begins an assertion about how a step ended. */
  public static StepReportAssert assertThat(StepReport actual) {
    return new StepReportAssert(actual);
  }

  /** Begins an assertion about what was run on a host. */
  public static FakeHostAssert assertThat(FakeHost actual) {
    return new FakeHostAssert(actual);
  }
}
