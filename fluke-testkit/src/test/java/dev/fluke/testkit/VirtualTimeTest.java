package dev.fluke.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Time that passes only when nothing is left to do. */
@Timeout(60)
class VirtualTimeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime time = VirtualTime.seeded(1);
  private final List<String> seen = new ArrayList<>();

  @AfterEach
  void close() {
    time.close();
  }

  /** A piece of work that waits. */
  private interface Waits {
    void run() throws InterruptedException;
  }

  private Scheduler.Work start(String name, Waits body) {
    return time.start(
        name,
        () -> {
          try {
            body.run();
          } catch (InterruptedException e) {
            see(name + " interrupted");
          }
        });
  }

  private void see(String what) {
    seen.add(what + " at " + Duration.ofNanos(time.nanoTime()).toSeconds());
  }

  @Test
  void beginsAtTheFirstInstantOf2025ByDefault() {
    assertThat(time.now()).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
    Instant leapDay = Instant.parse("2028-02-29T12:00:00Z");

    assertThat(VirtualTime.seeded(1).startingAt(leapDay).now()).isEqualTo(leapDay);
  }

  @Test
  void jumpsFromTimerToTimerInTheOrderTheyWereSet() {
    time.after(Duration.ofSeconds(3), () -> see("third"));
    time.after(SECOND, () -> see("first"));
    time.after(SECOND, () -> see("second"));
    time.after(Duration.ofSeconds(-5), () -> see("overdue"));

    time.runFor(HOUR);

    assertThat(seen).containsExactly("overdue at 0", "first at 1", "second at 1", "third at 3");
    assertThat(time.nanoTime()).isEqualTo(HOUR.toNanos());
  }

  @Test
  void neverRunsACancelledTimerOfMany() {
    List<Scheduler.Timer> timers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String name = "timer " + i;
      timers.add(time.after(Duration.ofSeconds(i), () -> see(name)));
    }
    for (int i = 0; i < 1_000; i++) {
      if (i != 7 && i != 900) {
        timers.get(i).cancel();
        timers.get(i).cancel();
      }
    }

    time.runFor(HOUR);

    assertThat(seen).containsExactly("timer 7 at 7", "timer 900 at 900");
    timers.get(7).cancel();
  }

  @Test
  void runsWorkInTheOrderItBecameReady() {
    for (String name : List.of("a", "b", "c")) {
      start(
          name,
          () -> {
            see(name);
            time.sleep(SECOND);
            see(name);
          });
    }

    time.runFor(HOUR);

    assertThat(seen).containsExactly("a at 0", "b at 0", "c at 0", "a at 1", "b at 1", "c at 1");
  }

  @Test
  void endsAWaitWhenTheFutureEndsInAnyWay() {
    CompletableFuture<String> good = new CompletableFuture<>();
    CompletableFuture<String> bad = new CompletableFuture<>();
    CompletableFuture<String> off = new CompletableFuture<>();
    start("good", () -> see("good " + time.await(good, HOUR)));
    start("bad", () -> see("bad " + time.await(bad, HOUR)));
    start("off", () -> see("off " + time.await(off, HOUR)));
    start("none", () -> see("none " + time.await(new CompletableFuture<>(), HOUR)));
    time.after(SECOND, () -> good.complete("x"));
    time.after(Duration.ofSeconds(2), () -> bad.completeExceptionally(new IllegalStateException()));
    time.after(Duration.ofSeconds(3), () -> off.cancel(false));

    time.runFor(HOUR);

    assertThat(seen)
        .containsExactly("good true at 1", "bad true at 2", "off true at 3", "none false at 3600");
  }

  @Test
  void waitsForTheLongestDuration() {
    CompletableFuture<Void> end = new CompletableFuture<>();
    start("work", () -> see("done " + time.await(end, Duration.ofSeconds(Long.MAX_VALUE))));
    time.after(Duration.ofSeconds(Long.MAX_VALUE), () -> see("never")).cancel();
    time.after(SECOND, () -> end.complete(null));

    time.runFor(HOUR);

    assertThat(seen).containsExactly("done true at 1");
  }

  @Test
  void drivesWorkOnTheOutsideThreadThatWaits() throws InterruptedException {
    CompletableFuture<Void> end = new CompletableFuture<>();
    start(
        "work",
        () -> {
          time.sleep(SECOND);
          end.complete(null);
          time.sleep(HOUR);
          see("later");
        });

    assertThat(time.await(end, HOUR)).isTrue();
    assertThat(time.nanoTime()).isEqualTo(SECOND.toNanos());
    assertThat(time.await(new CompletableFuture<>(), SECOND)).isFalse();
    assertThat(seen).isEmpty();
    assertThat(time.parkedWork()).containsExactly("work");
  }

  @Test
  void namesParkedWorkWhenAWaitNeverEnds() {
    start("lane web-01", () -> time.await(new CompletableFuture<>(), Duration.ofDays(36_500)));

    assertThatThrownBy(() -> time.await(new CompletableFuture<>(), Duration.ofDays(36_500)))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "the wait never ends: no work is ready, no timer is due, and these are parked: [lane"
                + " web-01]");
  }

  @Test
  @Tag("S10")
  void movesTheWallClockWithoutChangingIntervals() {
    start(
        "work",
        () -> {
          time.sleep(HOUR);
          see("woken");
        });
    time.jumpWallClock(Duration.ofHours(-2));

    time.runFor(HOUR);

    assertThat(time.now()).isEqualTo(Instant.parse("2024-12-31T23:00:00Z"));
    assertThat(seen).containsExactly("woken at 3600");
  }

  @Test
  void standsStillWhileWorkBlocksForReal() {
    time.after(Duration.ofMillis(1), () -> see("timer"));
    start(
        "work",
        () -> {
          CompletableFuture<Void> answer = new CompletableFuture<>();
          time.real().start("real", () -> answer.complete(null));
          time.real().await(answer, Duration.ofSeconds(30));
          see("answered");
          assertThat(time.nanoTime()).isZero();
        });

    time.runFor(SECOND);

    assertThat(seen).containsExactly("answered at 0", "timer at 0");
  }

  @Test
  void runsAllOthersOnYieldWithoutTimePassing() {
    start(
        "first",
        () -> {
          time.yieldToOthers();
          see("first");
        });
    start("second", () -> start("third", () -> see("third")));

    time.runUntilIdle();

    assertThat(seen).containsExactly("third at 0", "first at 0");
    assertThat(time.nanoTime()).isZero();
  }

  @Test
  void setsNoTimerAndEndsItsThreadsOnceClosed() {
    start("work", () -> see("ran"));
    time.runUntilIdle();
    time.after(SECOND, () -> see("timer"));
    time.close();
    time.after(SECOND, () -> see("timer"));
    time.close();

    time.runFor(HOUR);

    assertThat(seen).containsExactly("ran at 0");
  }
}
