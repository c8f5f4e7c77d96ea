package dev.fluke.reconcile.internal.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollScheduleTest {
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final VirtualTime time = VirtualTime.seeded(1);
  private final List<Instant> polls = new ArrayList<>();
  private final PollSchedule schedule = new PollSchedule(time, INTERVAL);
  private final Instant begin = time.now();

  @AfterEach
  void close() {
    time.close();
  }

  private void start(Runnable result) {
    schedule.start(
        () -> {
          polls.add(time.now());
          result.run();
          return CompletableFuture.completedFuture(null);
        });
  }

  private List<Long> waits() {
    List<Long> waits = new ArrayList<>();
    Instant before = begin;
    for (Instant poll : polls) {
      waits.add(Duration.between(before, poll).toMillis());
      before = poll;
    }
    return waits;
  }

  @Test
  void pollsEveryIntervalWhileTheSourceAnswers() {
    start(schedule::answered);
    assertThat(schedule.nextTry()).contains(begin.plus(INTERVAL));

    time.runFor(Duration.ofMinutes(3));

    assertThat(waits()).containsExactly(60_000L, 60_000L, 60_000L);
  }

  @Test
  void waitsLongerAfterEachFailureUpToFiveMinutes() {
    start(() -> schedule.failed(Optional.empty()));

    time.runFor(Duration.ofMinutes(20));

    List<Long> waits = waits();
    assertThat(waits.get(0)).isEqualTo(60_000L);
    long[] longest = {60_000, 120_000, 240_000, 300_000, 300_000};
    for (int i = 0; i < longest.length; i++) {
      assertThat(waits.get(i + 1)).isBetween(longest[i] * 9 / 10, longest[i]);
    }
  }

  @Test
  void returnsToTheIntervalAfterAnAnswer() {
    start(
        () -> {
          if (polls.size() == 3) {
            schedule.answered();
          } else {
            schedule.failed(Optional.empty());
          }
        });

    time.runFor(Duration.ofMinutes(6));

    assertThat(waits().get(3)).isEqualTo(60_000L);
  }

  @ParameterizedTest
  @CsvSource({"PT20M, PT20M", "PT5H, PT1H", "PT1S, PT1M"})
  void waitsAsTheSourceAsksWithinLimits(Duration asked, Duration expected) {
    start(() -> schedule.failed(Optional.of(asked)));

    time.runFor(Duration.ofHours(2));

    assertThat(waits().get(1)).isEqualTo(expected.toMillis());
  }

  @Test
  void pollsAgainAfterWhatFollowsAPollFailed() {
    schedule.start(
        () -> {
          polls.add(time.now());
          return CompletableFuture.failedFuture(new IllegalStateException("no lane"));
        });

    time.runFor(Duration.ofMinutes(2));

    assertThat(waits()).containsExactly(60_000L, 60_000L);
  }

  @Test
  void stopsPolling() {
    start(schedule::answered);

    schedule.stop();
    time.runFor(Duration.ofMinutes(5));

    assertThat(polls).isEmpty();
    assertThat(schedule.nextTry()).isEmpty();
  }
}
