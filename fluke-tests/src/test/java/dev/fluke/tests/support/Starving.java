package dev.fluke.tests.support;

import dev.fluke.testkit.VirtualTime;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** Virtual time on a machine where threads can't always be started. */
public final class Starving implements Scheduler {
  private final VirtualTime time;
  private boolean startsNothing;
  private String failsOnce = "";
  private boolean failed;
  private boolean closed;

  public Starving(VirtualTime time) {
    this.time = time;
  }

  public void startsNothing(boolean nothing) {
    startsNothing = nothing;
  }

  /** The next start of a thread whose name begins with this fails. */
  public void failsOnce(String name) {
    failsOnce = name;
    failed = false;
  }

  /** Whether a start failed since then. */
  public boolean failed() {
    return failed;
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public Work start(String name, Runnable work) {
    boolean fails = !failed && !failsOnce.isEmpty() && name.startsWith(failsOnce);
    failed |= fails;
    if (startsNothing || fails) {
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
    closed = true;
    time.close();
  }
}
