package dev.fluke.reconcile.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bounded queue whose values are handed out by a thread of its own. */
class OutletTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final LoopThread thread = new LoopThread();
  private final Taker taker = new Taker();
  private final Outlet<Integer> outlet = outlet(3, 2);

  @AfterEach
  void close() {
    outlet.end();
    time.close();
  }

  private Outlet<Integer> outlet(int longest, int atOnce) {
    return new Outlet<>("outlet", new Outlet.Size(longest, atOnce), taker, time, thread);
  }

  private void offer(int... values) {
    for (int value : values) {
      outlet.add(value);
    }
    outlet.wake();
  }

  /** Takes what it is given, as the test says. */
  private final class Taker implements Outlet.Receiver<Integer> {
    private final List<List<Integer>> taken = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private Optional<Duration> wait = Optional.empty();
    private int fails;
    private CompletableFuture<Void> hangs = CompletableFuture.completedFuture(null);
    private boolean interrupted;

    @Override
    public void take(List<Integer> values) throws Exception {
      assertThat(thread.isCurrent()).isTrue();
      taken.add(values);
      interrupted |= Thread.currentThread().isInterrupted();
      time.await(hangs, Duration.ofDays(365));
      if (fails > 0) {
        fails--;
        Thread.currentThread().interrupt();
        throw new StackOverflowError("fails");
      }
    }

    @Override
    public Optional<Duration> failed(Throwable t) {
      failures.add(t);
      return wait;
    }

    @Override
    public Optional<Integer> report(long dropped, Integer next) {
      return Optional.of((int) -dropped);
    }
  }

  @Test
  void handsOutInOrderAndNoMoreAtOnceThanItMay() {
    offer(1, 2, 3);
    time.runUntilIdle();
    offer(4);
    time.runUntilIdle();

    assertThat(taker.taken).containsExactly(List.of(1, 2), List.of(3), List.of(4));
    assertThat(outlet.pending(value -> true)).isEmpty();
    assertThat(time.parkedWork()).isEmpty();
  }

  @Test
  void dropsTheOldestAndReportsThemInTheirPlace() {
    taker.hangs = new CompletableFuture<>();
    offer(1);
    time.runUntilIdle();
    offer(2, 3, 4, 5, 6);

    assertThat(outlet.dropped()).isEqualTo(2);
    assertThat(outlet.pending(value -> value != 5)).containsExactly(1, 4, 6);
    assertThat(outlet.size()).isEqualTo(4);

    taker.hangs.complete(null);
    time.runUntilIdle();

    assertThat(taker.taken).containsExactly(List.of(1), List.of(-2, 4), List.of(5, 6));
    assertThat(outlet.dropped()).isEqualTo(2);
  }

  @Test
  void goesOnWithoutWhatFailed() {
    taker.fails = 1;

    offer(1, 2, 3);
    time.runUntilIdle();

    assertThat(taker.taken).containsExactly(List.of(1, 2), List.of(3));
    assertThat(taker.failures).hasSize(1);
    assertThat(taker.interrupted).as("an interrupt of one call hits the next").isFalse();
    assertThat(outlet.dropped()).isZero();
  }

  @Test
  void handsOutTheSameAgainAfterAWait() {
    taker.fails = 2;
    taker.wait = Optional.of(Duration.ofSeconds(5));

    offer(1, 2, 3);
    time.runFor(Duration.ofSeconds(6));
    assertThat(taker.taken).containsExactly(List.of(1, 2), List.of(1, 2));
    offer(4);
    assertThat(outlet.dropped()).as("1 is the oldest of four").isEqualTo(1);
    time.runFor(Duration.ofSeconds(4));

    assertThat(taker.taken.subList(2, taker.taken.size()))
        .containsExactly(List.of(-1, 2), List.of(3, 4));
    assertThat(outlet.size()).isZero();
  }

  @Test
  void reportsWhatWasDroppedUntilThatIsTaken() {
    taker.fails = 2;
    taker.wait = Optional.of(Duration.ofSeconds(5));
    offer(1, 2, 3, 4);
    time.runFor(Duration.ofSeconds(11));

    assertThat(taker.taken)
        .containsExactly(List.of(-1, 2), List.of(-1, 2), List.of(-1, 2), List.of(3, 4));
  }

  @Test
  void flushesWithoutThePauseAndSaysWhenItIsDone() {
    taker.fails = 1;
    taker.wait = Optional.of(Duration.ofMinutes(5));
    offer(1, 2);
    time.runUntilIdle();

    CompletableFuture<Void> done = outlet.flush();
    assertThat(done).isNotDone();
    time.runUntilIdle();

    assertThat(done).isDone();
    assertThat(taker.taken).containsExactly(List.of(1, 2), List.of(1, 2));
    assertThat(outlet.flush()).isDone();
  }

  @Test
  void interruptsAHangingCallWhenItEnds() {
    taker.hangs = new CompletableFuture<>();
    offer(1, 2, 3);
    time.runUntilIdle();
    assertThat(outlet.isWorking()).isTrue();

    outlet.end();
    time.runUntilIdle();
    offer(4);
    time.runUntilIdle();

    assertThat(taker.failures).as("an end is no failure").isEmpty();
    assertThat(outlet.isWorking()).isFalse();
    assertThat(taker.taken).containsExactly(List.of(1, 2));
    assertThat(time.parkedWork()).isEmpty();
  }
}
