package dev.fluke.tests.support;

import dev.fluke.testkit.VirtualTime;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** Virtual time of which a test changes one thing. */
public abstract class DelegatingTime implements Scheduler {
  private final VirtualTime time;

  DelegatingTime(VirtualTime time) {
    this.time = time;
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public long nanoTime() {
    return time.nanoTime();
  }

  @Override
  public RandomGenerator random() {
    return time.random();
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    return time.after(delay, action);
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
  public void close() {
    time.close();
  }
}
