package dev.fluke.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.time.Scheduler.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimerQueueTest {
  private final TimerQueue queue = new TimerQueue();
  private final List<String> ran = new ArrayList<>();

  private Timer add(long time, String name) {
    return queue.add(time, () -> ran.add(name));
  }

  private void runDue(long time) {
    for (var next = queue.pollDue(time); next != null; next = queue.pollDue(time)) {
      next.run();
    }
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 7", "PT-5S, 7", "PT0.000000003S, 10", "P36000D, 9223372036854775807"})
  void addsADelayToATime(Duration delay, long time) {
    assertThat(TimerQueue.timeAfter(7, delay)).isEqualTo(time);
  }

  @Test
  void runsByTimeAndThenInTheOrderOfAdding() {
    add(2, "c");
    add(1, "a");
    add(1, "b");
    add(3, "d");

    runDue(2);

    assertThat(ran).containsExactly("a", "b", "c");
    assertThat(queue.size()).isEqualTo(1);
  }

  @Test
  void skipsCancelledActions() {
    Timer first = add(1, "a");
    add(1, "b");
    first.cancel();
    first.cancel();

    runDue(1);
    first.cancel();

    assertThat(ran).containsExactly("b");
  }

  @Test
  void keepsNothingThatNeverComes() {
    add(TimerQueue.NEVER, "never").cancel();

    runDue(TimerQueue.NEVER);

    assertThat(ran).isEmpty();
    assertThat(queue.size()).isZero();
  }

  @Test
  void removesCancelledActionsOnceTheyAreTheMajority() {
    List<Timer> timers = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      timers.add(add(i, "" + i));
    }

    timers.subList(0, 64).forEach(Timer::cancel);
    assertThat(queue.size()).isEqualTo(128);
    timers.get(64).cancel();

    assertThat(queue.size()).isEqualTo(63);
  }

  @Test
  void forgetsEverythingOnClear() {
    Timer timer = add(1, "a");
    queue.clear();
    timer.cancel();

    runDue(5);

    assertThat(ran).isEmpty();
  }
}
