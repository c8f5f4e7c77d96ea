package dev.fluke.testkit;

import dev.fluke.time.Scheduler.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Actions that wait for their time; of the same time, the one that was set first goes first. */
final class TimerQueue {
  /** A time that does not come. */
  static final long NEVER = Long.MAX_VALUE;

  private static final Duration A_HUNDRED_YEARS = Duration.ofDays(36_000);
  private static final int WORTH_A_SWEEP = 64;

  private final PriorityQueue<Alarm> queue =
      new PriorityQueue<>(
          Comparator.<Alarm>comparingLong(alarm -> alarm.at)
              .thenComparingLong(alarm -> alarm.number));
  private long set;
  private int cancelled;

  /** When {@code delay} has passed since {@code now}; a hundred years are for ever. */
  static long in(Duration delay, long now) {
    if (delay.compareTo(A_HUNDRED_YEARS) >= 0) {
      return NEVER;
    }
    return delay.isNegative() ? now : now + delay.toNanos();
  }

  /** Sets an action for a time. */
  synchronized Timer set(long at, Runnable action) {
    Alarm alarm = new Alarm(at, set++, action);
    if (at != NEVER) {
      queue.add(alarm);
    }
    return () -> cancel(alarm);
  }

  /** Takes the next alarm out, if it is due by then. */
  synchronized @Nullable Alarm due(long until) {
    for (Alarm next = queue.peek(); next != null && next.at <= until; next = queue.peek()) {
      queue.remove();
      next.gone = true;
      if (!next.cancelled) {
        return next;
      }
      cancelled--;
    }
    return null;
  }

  synchronized void clear() {
    queue.forEach(alarm -> alarm.gone = true);
    queue.clear();
    cancelled = 0;
  }

  /** Leaves it in its place, and sweeps once most are cancelled: finding one is a long way. */
  private synchronized void cancel(Alarm alarm) {
    if (alarm.gone || alarm.cancelled || alarm.at == NEVER) {
      return;
    }
    alarm.cancelled = true;
    cancelled++;
    if (cancelled > WORTH_A_SWEEP && cancelled > queue.size() / 2) {
      queue.removeIf(one -> one.cancelled);
      cancelled = 0;
    }
  }

  /** An action at a time. */
  static final class Alarm {
    final long at;
    final Runnable action;
    private final long number;
    private boolean cancelled;
    private boolean gone;

    private Alarm(long at, long number, Runnable action) {
      this.at = at;
      this.number = number;
      this.action = action;
    }
  }
}
