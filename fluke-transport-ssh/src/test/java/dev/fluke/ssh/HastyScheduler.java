package dev.fluke.ssh;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Real time that skips each wait. */
final class HastyScheduler implements Scheduler {
  private final Scheduler system = Scheduler.system();
  private final AtomicLong skipped = new AtomicLong();

  @Override
  public boolean await(CompletableFuture<?> future, Duration atMost) {
    skipped.addAndGet(future.isDone() ? 0 : atMost.toNanos());
    return future.isDone();
  }

  @Override
  public long nanoTime() {
    return system.nanoTime() + skipped.get();
  }

  @Override
  public Instant now() {
    return system.now();
  }

  @Override
  public RandomGenerator random() {
    return system.random();
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    return system.after(delay, action);
  }

  @Override
  public Work start(String name, Runnable work) {
    return system.start(name, work);
  }

  @Override
  public void close() {
    system.close();
  }
}
