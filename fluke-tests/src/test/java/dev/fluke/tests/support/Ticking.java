package dev.fluke.tests.support;

import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** Virtual time that knows which timers still wait, and can lose time as a suspended machine. */
public final class Ticking extends DelegatingTime {
  private final Set<Object> waiting = new LinkedHashSet<>();
  private long lost;
  private boolean closed;

  public Ticking(VirtualTime time) {
    super(time);
  }

  /** How many timers wait. */
  public synchronized int timers() {
    return waiting.size();
  }

  /** The clock goes on by this much, and no timer notices. */
  public synchronized void lose(Duration span) {
    lost += span.toNanos();
  }

  public synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized long nanoTime() {
    return super.nanoTime() + lost;
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    Object it = new Object();
    synchronized (this) {
      waiting.add(it);
    }
    Timer timer =
        super.after(
            delay,
            () -> {
              over(it);
              action.run();
            });
    return () -> {
      over(it);
      timer.cancel();
    };
  }

  private synchronized void over(Object it) {
    waiting.remove(it);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
