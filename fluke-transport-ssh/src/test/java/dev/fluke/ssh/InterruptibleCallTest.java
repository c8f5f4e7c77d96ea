package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterruptibleCallTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Scheduler scheduler = Scheduler.system();
  private final InterruptibleCall interruptible = new InterruptibleCall(scheduler);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger aborts = new AtomicInteger();

  @AfterEach
  void close() {
    scheduler.close();
  }

  private void abort() {
    aborts.incrementAndGet();
    closed.countDown();
  }

  /** Waits for what only an abort gives it, and ignores interrupts, as reading a socket does. */
  private String stuck() {
    while (true) {
      try {
        closed.await();
        return "closed";
      } catch (InterruptedException e) {
        // as if nothing had happened
      }
    }
  }

  @Test
  void returnsWhatTheCallReturns() throws Exception {
    String thread =
        interruptible.call("a-name", LONG, this::abort, () -> Thread.currentThread().getName());

    assertThat(thread).isEqualTo("a-name");
    assertThat(aborts).hasValue(0);
  }

  @Test
  void throwsWhatTheCallThrows() {
    IOException failure = new IOException("no");
    AssertionError error = new AssertionError("worse");

    assertThatThrownBy(
            () ->
                interruptible.call(
                    "a-name",
                    LONG,
                    this::abort,
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThatThrownBy(
            () ->
                interruptible.call(
                    "a-name",
                    LONG,
                    this::abort,
                    () -> {
                      throw error;
                    }))
        .isSameAs(error);
    assertThat(aborts).hasValue(0);
  }

  @Test
  void abortsACallThatTakesLongerThanItsLimit() {
    assertThatThrownBy(
            () -> interruptible.call("a-name", Duration.ofMillis(20), this::abort, this::stuck))
        .isInstanceOf(InterruptibleCall.TimedOutException.class);

    assertThat(aborts).hasValue(1);
  }

  @Test
  void abortsACallWhenTheWaitingThreadIsInterrupted() throws Exception {
    CompletableFuture<Thread> caller = new CompletableFuture<>();
    CompletableFuture<String> done =
        Lab.aside(
            () -> {
              caller.complete(Thread.currentThread());
              return interruptible.call(
                  "a-name",
                  LONG,
                  this::abort,
                  () -> {
                    caller.get().interrupt();
                    return stuck();
                  });
            });

    assertThatThrownBy(() -> Waiting.result(done)).hasCauseInstanceOf(InterruptedException.class);
    assertThat(aborts).hasValue(1);
  }
}
