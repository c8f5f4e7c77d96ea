package dev.fluke.testkit;

import java.time.Duration;
import java.time.Instant;

/**
 * A wall clock and a count of nanoseconds that stand still until somebody moves them. Safe for use
 * by any thread.
 */
final class VirtualClock {
  private Instant wallClock = Instant.parse("2025-01-01T00:00:00Z");
  private long nanos;

  synchronized Instant now() {
    return wallClock;
  }

  synchronized long nanoTime() {
    return nanos;
  }

  /** Sets the wall clock only. */
  synchronized void setWallClock(Instant time) {
    wallClock = time;
  }

  /** Moves the wall clock only. */
  synchronized void jumpWallClock(Duration by) {
    wallClock = wallClock.plus(by);
  }

  /** Moves both forward until the count reaches {@code target}; a target in the past is ignored. */
  synchronized void moveTo(long target) {
    if (target > nanos) {
      wallClock = wallClock.plusNanos(target - nanos);
      nanos = target;
    }
  }
}
