package dev.fluke.testkit;

import static java.util.Objects.requireNonNull;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler for tests, whose time passes only when no work is ready. One piece of work runs at a
 * time. When all of it waits, the clock jumps to the next timer.
 *
 * <p>The outside thread that calls {@link #await} or {@link #runFor} drives everything, so a test
 * needs no sleeps: the same seed gives the same run. While work blocks for real, on a process or a
 * socket, virtual time stands still.
 *
 * <p>Safe for use by any thread. Of several outside threads one drives at a time, and the others
 * wait for it.
 */
public final class VirtualTime implements Scheduler {
  private final Random random;
  private final VirtualClock clock = new VirtualClock();
  private final TimerQueue timers = new TimerQueue();
  private final WorkerPool workers;
  private final ReentrantLock driving = new ReentrantLock();
  private @Nullable Scheduler real;
  private boolean closed;

  private VirtualTime(long seed, WorkerPool workers) {
    this.random = new Random(seed);
    this.workers = workers;
  }

  /** Work runs in the order in which it became ready; the seed feeds {@link #random()}. */
  public static VirtualTime seeded(long seed) {
    return new VirtualTime(seed, new WorkerPool(null));
  }

  /** The seed decides which work runs next of all that is ready, and feeds {@link #random()}. */
  public static VirtualTime shuffled(long seed) {
    return new VirtualTime(seed, new WorkerPool(new Random(~seed)));
  }

  /** Sets the wall clock, which is 2025-01-01T00:00:00Z by default. Intervals don't change. */
  public VirtualTime startingAt(Instant start) {
    clock.setWallClock(requireNonNull(start, "start"));
    return this;
  }

  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  /** Moves the wall clock, as an administrator or NTP does. Intervals don't change. */
  public void jumpWallClock(Duration by) {
    clock.jumpWallClock(by);
  }

  @Override
  public synchronized Timer after(Duration delay, Runnable action) {
    long time = closed ? TimerQueue.NEVER : TimerQueue.timeAfter(clock.nanoTime(), delay);
    return timers.add(time, requireNonNull(action, "action"));
  }

  @Override
  public Work start(String name, Runnable body) {
    return workers.start(name, body);
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException {
    if (future.isDone()) {
      return true;
    }
    Worker self = Worker.current(workers);
    if (self != null) {
      park(self, future, atMost);
      return future.isDone();
    }
    driving.lockInterruptibly();
    try {
      return drive(future, atMost, true);
    } finally {
      driving.unlock();
    }
  }

  private void park(Worker self, CompletableFuture<?> future, Duration atMost)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long wait = workers.park(self);
    Timer limit = after(atMost, () -> workers.wake(self, wait));
    var unused = future.whenComplete((value, error) -> workers.wake(self, wait));
    self.handBack();
    limit.cancel();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Lets all other work run until it waits, before the caller goes on. No time passes. */
  public void yieldToOthers() {
    try {
      sleep(Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Lets this much time pass, and runs everything that becomes ready or due in it.
   *
   * @throws AssertionError if work, or a timer's action, let an exception escape
   */
  public void runFor(Duration time) {
    driving.lock();
    try {
      drive(new CompletableFuture<>(), time, false);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      driving.unlock();
    }
  }

  /**
   * Runs everything that is ready or due now. No time passes.
   *
   * @throws AssertionError if work, or a timer's action, let an exception escape
   */
  public void runUntilIdle() {
    runFor(Duration.ZERO);
  }

  /** Runs work and moves time until the future is done, or the time has passed. */
  private boolean drive(CompletableFuture<?> future, Duration atMost, boolean interruptible)
      throws InterruptedException {
    long until = TimerQueue.timeAfter(nanoTime(), atMost);
    while (!future.isDone()) {
      if (interruptible && Thread.interrupted()) {
        throw new InterruptedException();
      }
      Worker next = workers.pollReady();
      TimerQueue.TimedAction due = next == null ? timers.pollDue(until) : null;
      if (next != null) {
        next.giveTurn();
      } else if (due != null) {
        run(due);
      } else {
        moveTo(until);
        return future.isDone();
      }
      workers.rethrow();
    }
    return true;
  }

  private void run(TimerQueue.TimedAction due) {
    clock.moveTo(due.time());
    try {
      due.run();
    } catch (Throwable t) {
      workers.failed(t);
    }
  }

  private void moveTo(long until) {
    if (until == TimerQueue.NEVER) {
      throw new AssertionError(
          "the wait never ends: no work is ready, no timer is due, and these are parked: %s"
              .formatted(parkedWork()));
    }
    clock.moveTo(until);
  }

  /** The names of all work that waits now; a test can look here for work that it left behind. */
  public List<String> parkedWork() {
    return workers.parked();
  }

  @Override
  public synchronized Scheduler real() {
    if (real == null) {
      real = Scheduler.system();
    }
    return real;
  }

  @Override
  public void close() {
    Scheduler opened;
    synchronized (this) {
      closed = true;
      timers.clear();
      workers.close();
      opened = real;
    }
    if (opened != null) {
      opened.close();
    }
  }
}
