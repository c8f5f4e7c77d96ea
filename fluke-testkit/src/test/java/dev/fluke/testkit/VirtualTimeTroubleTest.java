package dev.fluke.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Interrupts, exceptions and two drivers: what virtual time does when a test is not nice. */
@Timeout(60)
class VirtualTimeTroubleTest {
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
  void wakesNoLaterWaitWhenAnEarlierOneEnds() {
    CompletableFuture<Void> late = new CompletableFuture<>();
    start(
        "work",
        () -> {
          see("late " + time.await(late, SECOND));
          see("other " + time.await(new CompletableFuture<>(), Duration.ofMinutes(10)));
        });
    time.after(Duration.ofSeconds(2), () -> late.complete(null));

    time.runFor(HOUR);

    assertThat(seen).containsExactly("late false at 1", "other false at 601");
  }

  @Test
  void endsAWaitOnInterruptAndSparesLaterWork() {
    Scheduler.Work work = start("sleeper", () -> time.sleep(HOUR));
    time.after(SECOND, work::interrupt);
    time.runFor(Duration.ofSeconds(2));
    work.interrupt();
    start(
        "next",
        () -> {
          work.interrupt();
          time.sleep(SECOND);
          see("next");
        });

    time.runFor(HOUR);

    assertThat(seen).containsExactly("sleeper interrupted at 1", "next at 3");
  }

  @Test
  void interruptsWorkThatHasNotBegunAtItsFirstWait() {
    Scheduler.Work work =
        start(
            "work",
            () -> {
              see("begun");
              time.sleep(SECOND);
            });
    work.interrupt();

    time.runFor(HOUR);

    assertThat(seen).containsExactly("begun at 0", "work interrupted at 0");
  }

  @Test
  void endsTheWaitOfAnInterruptedOutsideThread() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> time.await(new CompletableFuture<>(), HOUR))
        .isInstanceOf(InterruptedException.class);
    assertThat(time.nanoTime()).isZero();
  }

  @Test
  void failsTheTestWhenAnExceptionEscapes() {
    IllegalStateException bug = new IllegalStateException("bug");
    time.start(
        "work",
        () -> {
          throw bug;
        });
    assertThatThrownBy(() -> time.runUntilIdle()).isInstanceOf(AssertionError.class).hasCause(bug);
    time.after(
        SECOND,
        () -> {
          throw bug;
        });

    assertThatThrownBy(() -> time.runFor(HOUR)).isInstanceOf(AssertionError.class).hasCause(bug);
    time.runFor(HOUR);
  }

  @Test
  void runsOneThingAtATimeWhenTwoThreadsDrive() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (int i = 0; i < 20; i++) {
      start(
          "work " + i,
          () -> {
            for (int j = 0; j < 50; j++) {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              Thread.onSpinWait();
              running.decrementAndGet();
              time.sleep(SECOND);
            }
          });
    }
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> time.runFor(HOUR));

    time.runFor(HOUR);
    other.join();

    assertThat(most).hasValue(1);
    assertThat(time.nanoTime()).isEqualTo(HOUR.multipliedBy(2).toNanos());
  }
}
