package dev.fluke.ssh;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Waits for what other threads and processes do. The limit is far above what a busy machine needs,
 * and only a test that fails reaches it.
 */
final class Waiting {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private Waiting() {}

  /** Waits until the condition holds. */
  static void until(String what, Callable<Boolean> holds) throws Exception {
    long start = System.nanoTime();
    while (!holds.call()) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new AssertionError("not within %d s: %s".formatted(LIMIT.toSeconds(), what));
      }
      pause(Duration.ofMillis(10));
    }
  }

  /** The result, when it is there. */
  static <T> T result(CompletableFuture<T> future) throws Exception {
    until("a result", future::isDone);
    return future.get();
  }

  /** Part of what a client or server does that a test plays, such as one that drips. */
  static void pause(Duration time) throws InterruptedException {
    try (Scheduler scheduler = Scheduler.system()) {
      scheduler.sleep(time);
    }
  }
}
