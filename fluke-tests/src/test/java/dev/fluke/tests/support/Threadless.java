package dev.fluke.tests.support;

import dev.fluke.testkit.VirtualTime;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** Virtual time that starts no work while it is told so, as at a limit on threads. */
public final class Threadless implements Scheduler {
  private final VirtualTime time;
  private boolean refuses;

  public Threadless(VirtualTime time) {
    this.time = time;
  }

  public void refuses(boolean now) {
    refuses = now;
  }

  @Override
  public Work start(String name, Runnable work) {
    if (refuses) {
      throw new OutOfMemoryError("unable to create native thread");
    }
    return time.start(name, work);
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
  public boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException {
    return time.await(future, atMost);
  }

  @Override
  public void close() {
    time.close();
  }
}
