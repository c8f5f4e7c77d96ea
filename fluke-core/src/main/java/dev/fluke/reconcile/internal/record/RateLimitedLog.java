package dev.fluke.reconcile.internal.record;

import dev.fluke.text.ErrorText;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of failures of one piece of foreign code, at most once a minute. Never throws. */
final class RateLimitedLog {
  private static final Logger log = LoggerFactory.getLogger(RateLimitedLog.class);
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final Scheduler scheduler;
  private boolean warned;
  private long warnedAt;

  RateLimitedLog(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Warns, and logs the stack trace at DEBUG.
   *
   * @param what what failed, and what Fluke does about it
   */
  void warn(String what, Throwable t) {
    try {
      if (isDue()) {
        log.warn("{}: {}", what, ErrorText.of(t));
        log.debug("{}", what, t);
      }
    } catch (Throwable broken) { // user code: a throwable that can't be shown
      log.warn("{}: {}", what, t.getClass().getName());
    }
  }

  private synchronized boolean isDue() {
    long now = scheduler.nanoTime();
    if (warned && now - warnedAt < BETWEEN.toNanos()) {
      return false;
    }
    warned = true;
    warnedAt = now;
    return true;
  }
}
