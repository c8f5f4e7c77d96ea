package dev.fluke.tests.support;

import dev.fluke.testkit.VirtualTime;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** Virtual time that knows which timers still wait, and can lose time as a suspended machine. */
public final class Ticking implements Scheduler {
  private final VirtualTime time;
  private final Set<Object> waiting = new LinkedHashSet<>();
  private long lost;
  private boolean closed;

  public Ticking(VirtualTime time) {
    this.time = time;
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
  public Instant now() {
    return time.now();
  }

  @Override
  public synchronized long nanoTime() {
    return time.nanoTime() + lost;
  }

  @Override
  public RandomGenerator random() {
    return time.random();
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    Object it = new Object();
    synchronized (this) {
      waiting.add(it);
    }
    Timer timer =
        time.after(
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
  public Work start(String name, Runnable work) {
    return time.start(name, work);
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException {
    return time.await(future, atMost);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
