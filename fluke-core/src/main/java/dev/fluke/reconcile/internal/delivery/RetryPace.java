package dev.fluke.reconcile.internal.delivery;

import dev.fluke.reconcile.internal.memory.Backoff;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * How long a sink is left alone after a failure: the longer, the more keys failed since its last
 * success. One key that always fails delays the others by 5 s at most. Guarded by its delivery.
 */
final class RetryPace {
  private static final Backoff WAITS =
      new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5), Backoff.Jitter.SOONER);
  private static final int TRIES_BEFORE_REPORT = 5;

  private final Scheduler scheduler;
  private final Set<String> failedKeys = new HashSet<>();
  private int failuresInARow;
  private long pausedUntil;
  private boolean paused;

  RetryPace(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  void succeeded() {
    failedKeys.clear();
    failuresInARow = 0;
    paused = false;
  }

  /**
   * A try failed: the sink pauses.
   *
   * @param atLeast how long at least
   */
  void failed(String key, Duration atLeast) {
    failedKeys.add(key);
    failuresInARow++;
    Duration pause = longer(WAITS.after(failedKeys.size() - 1, scheduler.random()), atLeast);
    pausedUntil = scheduler.nanoTime() + pause.toNanos();
    paused = true;
  }

  /** How long the alerts of a key wait whose first one was tried this often. */
  Duration ofKey(int tries, Duration atLeast) {
    return longer(WAITS.after(tries - 1, scheduler.random()), atLeast);
  }

  boolean isPaused() {
    return paused && pausedUntil - scheduler.nanoTime() > 0;
  }

  /** This wait, or what is left of the pause if that is longer. */
  Duration atLeast(Duration wait) {
    return isPaused() ? longer(wait, Duration.ofNanos(pausedUntil - scheduler.nanoTime())) : wait;
  }

  /**
   * Whether five tries were in vain: of one alert, or in a row.
   *
   * @param tries how often the alert was tried
   */
  boolean isDueToReport(int tries) {
    return tries == TRIES_BEFORE_REPORT || failuresInARow == TRIES_BEFORE_REPORT;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
