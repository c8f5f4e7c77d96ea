package dev.fluke.reconcile.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.connection.Bench;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.reconcile.internal.cycle.Turn.Standing;
import dev.fluke.source.Revision;
import dev.fluke.tests.support.Pair;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The two questions of rule 0, for each standing of a turn. */
@Tag("rule-0")
class RightToActTest {
  private static final Task TASK = Pair.task("a");

  private final Bench bench = new Bench();
  private final Surrounding around = new Surrounding(bench, TASK);
  private final RightToAct right = around.right();

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GOOD,true,true,true",
    "CHANGED,false,false,true",
    "CLOSING,false,false,true",
    "ENDING,false,false,false",
    "REMOVED,false,false,false"
  })
  void answersBothQuestionsByTheStandingOfNow(
      Standing standing, boolean begins, boolean checks, boolean goesOn) {
    assertThat(right.whyNotBegin(TASK)).isEmpty();
    around.standing = standing;

    assertThat(right.whyNotBegin(TASK).isEmpty()).isEqualTo(begins);
    assertThat(right.whyNoCheck().isEmpty()).isEqualTo(checks);
    assertThat(right.whyNotGoOn().isEmpty()).isEqualTo(goesOn);
    assertThat(right.whyCutShort().isEmpty()).isEqualTo(goesOn);
  }

  @ParameterizedTest
  @EnumSource(
      value = Standing.class,
      names = {"CLOSING", "ENDING", "REMOVED"})
  void cancelsWhatMayNotBegin(Standing standing) {
    around.standing = standing;

    assertThat(right.whyNotBegin(TASK)).contains(TaskEnd.cancelled(standing.reason()));
  }

  @Test
  void skipsWhatIsSuperseded() {
    around.standing = Standing.CHANGED;
    assertThat(right.whyNotBegin(TASK))
        .contains(TaskEnd.skipped("superseded: the agent is reached in another way now"));

    around.standing = Standing.GOOD;
    around.revision = Revision.of("code-2", Manifest.empty());
    assertThat(right.whyNotBegin(TASK))
        .contains(TaskEnd.skipped("superseded: the task was removed in revision code-2"));
  }

  @Test
  void unwindsACycleThatItsLaneGaveUp() {
    right.throwIfAbandoned();
    around.standing = Standing.ABANDONED;

    assertThatThrownBy(right::throwIfAbandoned).isInstanceOf(HostAccess.AbandonedException.class);
    assertThatThrownBy(() -> right.whyNotBegin(TASK))
        .isInstanceOf(HostAccess.AbandonedException.class);
    assertThat(Optional.of(right.whyNotGoOn())).contains("the lane gave this cycle up");
  }
}
