package dev.fluke.reconcile.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.report.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a task ends, and why. */
class TaskEndTest {

  @ParameterizedTest
  @CsvSource({"'','',''", "first,'',first", "'',second,second", "first,second,first; second"})
  void joinsReasonsThatAreNotEmpty(String reason, String more, String joined) {
    TaskEnd end = new TaskEnd(Outcome.DRIFTED, reason).and(more);

    assertThat(end).isEqualTo(new TaskEnd(Outcome.DRIFTED, joined));
  }

  @Test
  void namesSkippedAndCancelledTasks() {
    assertThat(TaskEnd.skipped("why")).isEqualTo(new TaskEnd(Outcome.SKIPPED, "why"));
    assertThat(TaskEnd.cancelled("why")).isEqualTo(new TaskEnd(Outcome.CANCELLED, "why"));
    assertThat(TaskEnd.LOST_BEFORE_ITS_TURN)
        .isEqualTo(new TaskEnd(Outcome.SKIPPED, "the connection was lost before its turn"));
  }
}
