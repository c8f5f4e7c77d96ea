package dev.fluke.testkit;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a fake host. All connections to the host share it, also those of different
 * reconcilers. Safe for use by any thread.
 */
final class FakeLock {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private @Nullable Object holder;
  private boolean takenByAnother;
  private boolean missing;
  private CompletableFuture<Void> change = new CompletableFuture<>();

  /** Whether something that is no connection of this host has the lock. */
  void takenByAnother(boolean taken) {
    CompletableFuture<Void> changed;
    synchronized (this) {
      takenByAnother = taken;
      changed = renewed();
    }
    changed.complete(null);
  }

  /** The host has no lock. */
  synchronized void remove() {
    missing = true;
  }

  synchronized boolean exists() {
    return !missing;
  }

  /**
   * Waits for the lock, at most 10 s.
   *
   * @return whether this holder has it now
   */
  boolean take(Object by, Scheduler scheduler) throws InterruptedException {
    long until = scheduler.nanoTime() + PATIENCE.toNanos();
    while (true) {
      CompletableFuture<Void> next;
      synchronized (this) {
        if (holder == null && !takenByAnother) {
          holder = by;
          return true;
        }
        next = change;
      }
      long left = until - scheduler.nanoTime();
      if (left <= 0) {
        return false;
      }
      scheduler.await(next, Duration.ofNanos(left));
    }
  }

  /** Gives the lock back, if this holder has it. */
  void free(Object by) {
    CompletableFuture<Void> changed;
    synchronized (this) {
      if (holder != by) {
        return;
      }
      holder = null;
      changed = renewed();
    }
    changed.complete(null);
  }

  private CompletableFuture<Void> renewed() {
    CompletableFuture<Void> before = change;
    change = new CompletableFuture<>();
    return before;
  }
}
