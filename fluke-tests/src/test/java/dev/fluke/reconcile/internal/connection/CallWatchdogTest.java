package dev.fluke.reconcile.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls out of the loop, held to their limits. */
@Tag("rule-20")
class CallWatchdogTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final VirtualTime time = VirtualTime.seeded(1);
  private final Thread thread = Thread.currentThread();
  private final List<String> seen = new ArrayList<>();
  private final CallWatchdog watchdog =
      new CallWatchdog(time, this::interrupt, call -> () -> seen.add(at() + call + " is stuck"));

  @AfterEach
  void close() {
    time.close();
  }

  private void interrupt() {
    seen.add(at() + "interrupt");
    thread.interrupt();
  }

  private String at() {
    return "%d s: ".formatted(Duration.ofNanos(time.nanoTime()).toSeconds());
  }

  private boolean sleep(int seconds) throws InterruptedException {
    time.sleep(Duration.ofSeconds(seconds));
    return true;
  }

  /** Sleeps on when it is interrupted. */
  private boolean sleepStubbornly(int seconds) {
    time.runFor(Duration.ofSeconds(seconds));
    return true;
  }

  @Test
  void leavesACallAloneThatEndsInTime() throws Exception {
    assertThat(watchdog.call("the check", LIMIT, () -> sleep(1))).isTrue();

    time.runFor(Duration.ofHours(1));
    assertThat(seen).isEmpty();
  }

  @Test
  void interruptsACallAtItsLimit() {
    assertThatThrownBy(() -> watchdog.call("the check", LIMIT, () -> sleep(10)))
        .isInstanceOf(CallWatchdog.OverranException.class)
        .hasMessage("the check took longer than 2 s")
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .hasOnlyElementsOfType(InterruptedException.class)
                    .hasSize(1));

    time.runFor(Duration.ofHours(1));
    assertThat(seen).containsExactly("2 s: interrupt");
  }

  @Test
  void reportsACallAsStuckAtFourTimesItsLimit() {
    assertThatThrownBy(() -> watchdog.call("the check", LIMIT, () -> sleepStubbornly(20)))
        .hasMessage("the check took longer than 2 s");

    assertThat(seen).containsExactly("2 s: interrupt", "8 s: the check is stuck");
  }

  @Test
  void clearsItsInterruptBeforeTheNextCall() throws Exception {
    assertThatThrownBy(() -> watchdog.call("the check", LIMIT, () -> sleepStubbornly(3)))
        .hasMessage("the check took longer than 2 s");

    assertThat(thread.isInterrupted()).isFalse();
    assertThat(watchdog.call("the next", LIMIT, () -> sleep(1))).isTrue();
  }

  @Test
  void passesOnWhatACallThrowsInTime() {
    assertThatThrownBy(
            () ->
                watchdog.call(
                    "the check",
                    LIMIT,
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
  }

  @Test
  void holdsTheInnermostCallAndThenTheOuter() {
    assertThatThrownBy(
            () ->
                watchdog.call(
                    "the apply",
                    Duration.ofSeconds(60),
                    () -> {
                      assertThatThrownBy(() -> watchdog.call("the command", LIMIT, () -> sleep(10)))
                          .hasMessage("the command took longer than 2 s");
                      return sleep(100);
                    }))
        .hasMessage("the apply took longer than 1 min");

    assertThat(seen).containsExactly("2 s: interrupt", "60 s: interrupt");
  }
}
