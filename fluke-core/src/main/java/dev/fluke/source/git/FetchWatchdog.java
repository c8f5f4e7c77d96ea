package dev.fluke.source.git;

import dev.fluke.time.Scheduler;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends a poll when the remote is silent too long, or when the poll takes too long. Closes the
 * sockets and streams that the poll waits for, since a blocked read ignores interrupts.
 * Thread-safe.
 */
final class FetchWatchdog implements AutoCloseable {
  private final Scheduler real;
  private final FetchLimits limits;
  private final long begunAt;
  private final List<Closeable> waitedOn = new ArrayList<>();
  private long heardAt;
  private String tripped = "";
  private boolean closed;
  private Scheduler.@Nullable Timer timer;

  private FetchWatchdog(Scheduler real, FetchLimits limits) {
    this.real = real;
    this.limits = limits;
    this.begunAt = real.nanoTime();
    this.heardAt = begunAt;
  }

  static FetchWatchdog start(Scheduler real, FetchLimits limits) {
    FetchWatchdog watchdog = new FetchWatchdog(real, limits);
    watchdog.check();
    return watchdog;
  }

  /** Closes this as well when it ends the poll; immediately if it has done so. */
  void over(Closeable other) {
    boolean late;
    synchronized (this) {
      waitedOn.add(other);
      late = !tripped.isEmpty();
    }
    if (late) {
      close(other);
    }
  }

  /** Forgets what is closed. */
  synchronized void forget(Closeable other) {
    waitedOn.remove(other);
  }

  /** Notes that the remote sent something. */
  synchronized void heard() {
    heardAt = real.nanoTime();
  }

  /** Why it ended the poll; empty if it did not. */
  synchronized String tripped() {
    return tripped;
  }

  Duration silence() {
    return limits.silence();
  }

  /** Ends the poll now, unless it has already ended. */
  void end(String why) {
    List<Closeable> ended;
    synchronized (this) {
      if (closed || !tripped.isEmpty()) {
        return;
      }
      tripped = why;
      ended = List.copyOf(waitedOn);
    }
    ended.forEach(FetchWatchdog::close);
  }

  private void check() {
    synchronized (this) {
      if (closed) {
        return;
      }
      long now = real.nanoTime();
      long left =
          Math.min(
              limits.silence().toNanos() - (now - heardAt),
              limits.total().toNanos() - (now - begunAt));
      if (left > 0) {
        timer = real.after(Duration.ofNanos(left), this::check);
        return;
      }
    }
    end(
        isSilent()
            ? "the remote has been silent for " + seconds(limits.silence())
            : "the poll took longer than " + seconds(limits.total()));
  }

  private synchronized boolean isSilent() {
    return real.nanoTime() - heardAt >= limits.silence().toNanos();
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private static void close(Closeable one) {
    try {
      one.close();
    } catch (IOException e) {
      // closed anyway
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (timer != null) {
        timer.cancel();
      }
    }
  }
}
