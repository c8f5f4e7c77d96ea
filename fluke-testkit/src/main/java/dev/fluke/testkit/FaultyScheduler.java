package dev.fluke.testkit;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** A scheduler whose threads may not start. */
record FaultyScheduler(Scheduler time, FaultGate gate) implements Scheduler {
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
    gate.pass("start");
    return time.start(name, work);
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException {
    return time.await(future, atMost);
  }

  @Override
  public void sleep(Duration span) throws InterruptedException {
    time.sleep(span);
  }

  @Override
  public Scheduler real() {
    return time.real();
  }

  @Override
  public void close() {
    time.close();
  }
}
