package dev.fluke.reconcile.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was applied at one address, and what of it may still run. */
@Tag("rule-16")
class ApplyTrackerTest {
  private static final Command FIX = Command.shell("fix").timeout(Duration.ofSeconds(10));

  private final Bench bench = new Bench();
  private final ApplyTracker tracker = new ApplyTracker(bench.time);

  @BeforeEach
  void loseTheEndOfAnApply() {
    bench.web.answer("fix", Answer.endNotKnown("cut", Command.shell("alive")));
    assertThat(act()).isEqualTo(Answer.endNotKnown("cut", Command.shell("alive")));
    bench.web.answer("fix", 0);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Answer act() {
    return tracker.act(
        sent -> bench.connection.act(sent, () -> ""),
        asked -> bench.connection.ask(List.of(asked), false, () -> "").get(0),
        FIX);
  }

  private boolean applies() {
    return act() instanceof Answer.Finished;
  }

  @Test
  void sendsNothingWhileTheProcessStillRuns() {
    bench.web.answer("alive", 0);

    assertThat(act()).isEqualTo(Answer.none(Answer.Reason.LOCKED, "its process still runs: alive"));
    assertThat(bench.web.acted()).containsExactly("fix");
  }

  @Test
  void sendsTheNextWhenTheProcessIsGoneAndAsksNoMore() {
    bench.web.answer("alive", 1);

    assertThat(applies()).isTrue();
    assertThat(applies()).isTrue();
    assertThat(bench.web.asked()).containsExactly("alive");
  }

  @Test
  void sendsNothingWhenTheQuestionHasNoAnswer() {
    bench.web.answersNone("alive", Answer.Reason.GARBLED, "noise");

    assertThat(act()).isEqualTo(Answer.none(Answer.Reason.GARBLED, "noise"));
    assertThat(bench.web.acted()).containsExactly("fix");
  }

  @Test
  void asksUntilHalfAMinuteAfterTheLimit() {
    bench.web.answer("alive", 0);
    bench.time.runFor(Duration.ofSeconds(40).minusNanos(1));
    assertThat(applies()).isFalse();

    bench.time.runFor(Duration.ofNanos(1));

    assertThat(applies()).isTrue();
  }

  @Test
  void countsApplies() {
    assertThat(tracker.count()).isZero();
    tracker.countUp();
    tracker.countUp();
    assertThat(tracker.count()).isEqualTo(2);
  }
}
