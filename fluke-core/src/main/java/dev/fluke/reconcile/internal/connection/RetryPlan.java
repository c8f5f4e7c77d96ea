package dev.fluke.reconcile.internal.connection;

import dev.fluke.reconcile.internal.memory.Backoff;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an unreachable host is tried again (rule 21): after 5 s, doubling to 5 minutes; after a
 * refused login, after an hour. Safe for use by any thread.
 */
final class RetryPlan {
  private static final Backoff RETRIES =
      new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5), Backoff.Jitter.NONE);
  private static final Duration AFTER_REFUSED_LOGIN = Duration.ofHours(1);

  private final Scheduler scheduler;
  private int failures;
  private @Nullable String unreachable;
  private long retryAt;
  private @Nullable Instant retryAtWallClock;

  RetryPlan(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  synchronized void connected() {
    failures = 0;
    unreachable = null;
    retryAtWallClock = null;
  }

  /** A try failed. */
  synchronized void failed(String why, boolean loginRefused) {
    Duration wait =
        loginRefused ? AFTER_REFUSED_LOGIN : RETRIES.after(failures, scheduler.random());
    failures++;
    retryAt = scheduler.nanoTime() + wait.toNanos();
    retryAtWallClock = scheduler.now().plus(wait);
    unreachable = why;
  }

  /** Why the latest try failed; null if it did not. */
  synchronized @Nullable String unreachableBecause() {
    return unreachable;
  }

  /** As {@link #unreachableBecause}, but null once the next try is due. */
  synchronized @Nullable String waitsBecause() {
    return retryAt - scheduler.nanoTime() > 0 ? unreachable : null;
  }

  synchronized @Nullable Instant retryAt() {
    return retryAtWallClock;
  }

  /** How long until the next try; null if the host is not unreachable. */
  synchronized @Nullable Duration untilRetry() {
    return unreachable == null ? null : Duration.ofNanos(retryAt - scheduler.nanoTime());
  }
}
