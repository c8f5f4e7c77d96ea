package dev.fluke.testkit;

import dev.fluke.time.Scheduler.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Actions by the time at which they are due, in nanoseconds; actions of the same time keep the
 * order in which they were added. Safe for use by any thread.
 */
final class TimerQueue {
  /** A time that never comes. */
  static final long NEVER = Long.MAX_VALUE;

  private static final Duration A_HUNDRED_YEARS = Duration.ofDays(36_000);
  private static final int MIN_CANCELLED_TO_SWEEP = 64;

  private final PriorityQueue<TimedAction> queue =
      new PriorityQueue<>(
          Comparator.<TimedAction>comparingLong(action -> action.time)
              .thenComparingLong(action -> action.number));
  private long added;
  private int cancelled;

  /** The time when {@code delay} has passed since {@code now}; after a hundred years, never. */
  static long timeAfter(long now, Duration delay) {
    if (delay.compareTo(A_HUNDRED_YEARS) >= 0) {
      return NEVER;
    }
    return delay.isNegative() ? now : now + delay.toNanos();
  }

  /** Adds an action that is due at this time. */
  synchronized Timer add(long time, Runnable body) {
    TimedAction action = new TimedAction(time, added++, body);
    if (time != NEVER) {
      queue.add(action);
    }
    return () -> cancel(action);
  }

  /** Removes and returns the next action if it is due at {@code time} or before; else null. */
  synchronized @Nullable TimedAction pollDue(long time) {
    for (TimedAction next = queue.peek(); next != null && next.time <= time; next = queue.peek()) {
      queue.remove();
      next.removed = true;
      if (!next.cancelled) {
        return next;
      }
      cancelled--;
    }
    return null;
  }

  synchronized void clear() {
    queue.forEach(action -> action.removed = true);
    queue.clear();
    cancelled = 0;
  }

  /** The number of actions that the queue holds, cancelled ones included. */
  synchronized int size() {
    return queue.size();
  }

  /**
   * Only marks the action, since finding it takes long. Removes all cancelled actions at once when
   * they are the majority.
   */
  private synchronized void cancel(TimedAction action) {
    if (action.removed || action.cancelled || action.time == NEVER) {
      return;
    }
    action.cancelled = true;
    cancelled++;
    if (cancelled > MIN_CANCELLED_TO_SWEEP && cancelled > queue.size() / 2) {
      queue.removeIf(each -> each.cancelled);
      cancelled = 0;
    }
  }

  /** An action, and when it is due. */
  static final class TimedAction {
    private final long time;
    private final long number;
    private final Runnable body;
    private boolean cancelled;
    private boolean removed;

    private TimedAction(long time, long number, Runnable body) {
      this.time = time;
      this.number = number;
      this.body = body;
    }

    long time() {
      return time;
    }

    void run() {
      body.run();
    }
  }
}
