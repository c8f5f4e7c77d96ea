package dev.fluke.source.git;

import dev.fluke.time.Scheduler;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends a look at a remote that has been silent too long, or takes too long in all, by closing what
 * it waits on: reading from a socket knows no interrupt.
 */
final class FetchWatchdog implements AutoCloseable {
  private final Scheduler real;
  private final Duration silence;
  private final Duration total;
  private final long begunAt;
  private final List<Closeable> waitedOn = new ArrayList<>();
  private long heardAt;
  private String tripped = "";
  private boolean over;
  private Scheduler.@Nullable Timer timer;

  private FetchWatchdog(Scheduler real, Duration silence, Duration total) {
    this.real = real;
    this.silence = silence;
    this.total = total;
    this.begunAt = real.nanoTime();
    this.heardAt = begunAt;
  }

  static FetchWatchdog start(Scheduler real, Duration silence, Duration total) {
    FetchWatchdog watch = new FetchWatchdog(real, silence, total);
    watch.look();
    return watch;
  }

  /** Closes this, too, when it is enough. */
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

  /** The remote said something. */
  synchronized void heard() {
    heardAt = real.nanoTime();
  }

  /** Why it was ended; empty if it was not. */
  synchronized String tripped() {
    return tripped;
  }

  Duration silence() {
    return silence;
  }

  /** Ends it now. */
  void end(String why) {
    List<Closeable> ended;
    synchronized (this) {
      if (over || !tripped.isEmpty()) {
        return;
      }
      tripped = why;
      ended = List.copyOf(waitedOn);
    }
    ended.forEach(FetchWatchdog::close);
  }

  private void look() {
    synchronized (this) {
      if (over) {
        return;
      }
      long now = real.nanoTime();
      long left = Math.min(silence.toNanos() - (now - heardAt), total.toNanos() - (now - begunAt));
      if (left > 0) {
        timer = real.after(Duration.ofNanos(left), this::look);
        return;
      }
    }
    end(
        isSilent()
            ? "it has been silent for " + seconds(silence)
            : "it took longer than " + seconds(total));
  }

  private synchronized boolean isSilent() {
    return real.nanoTime() - heardAt >= silence.toNanos();
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private static void close(Closeable one) {
    try {
      one.close();
    } catch (IOException e) {
      // it is gone, which is what was wanted
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      over = true;
      if (timer != null) {
        timer.cancel();
      }
    }
  }
}
