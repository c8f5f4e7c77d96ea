package dev.fluke.testkit;

import static java.util.Objects.requireNonNull;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when there is nothing left to do: one piece of work runs at a time, in an
 * order that the seed decides, and when all of it waits, the clock jumps to the next timer.
 *
 * <p>The thread that calls {@link #await} or {@link #runFor} from outside drives everything, so a
 * test needs neither sleeps nor luck: the same seed gives the same run. While work blocks for real
 * (a process, a socket) virtual time stands still. Safe for use by any thread; of several outside
 * threads one drives at a time, and the others wait for it.
 */
public final class VirtualTime implements Scheduler {
  private final Random random;
  private final boolean shuffled;
  private final List<Worker> runnable = new ArrayList<>();
  private final List<Worker> idle = new ArrayList<>();
  private final Set<Worker> parked = new LinkedHashSet<>();
  private final TimerQueue alarms = new TimerQueue();
  private final ReentrantLock driving = new ReentrantLock();
  private final Random order;
  private Instant wallClock = Instant.parse("2025-01-01T00:00:00Z");
  private long nanos;
  private long waits;
  private @Nullable Throwable failure;
  private @Nullable Scheduler real;
  private boolean closed;

  private VirtualTime(long seed, boolean shuffled) {
    this.random = new Random(seed);
    this.order = new Random(~seed);
    this.shuffled = shuffled;
  }

  /** Work runs in the order in which it became ready; the seed feeds {@link #random()}. */
  public static VirtualTime seeded(long seed) {
    return new VirtualTime(seed, false);
  }

  /** Of the work that is ready, chance decides what runs next. */
  public static VirtualTime shuffled(long seed) {
    return new VirtualTime(seed, true);
  }

  /** Sets the wall clock; 2025-01-01T00:00:00Z unless set. Intervals don't notice. */
  public synchronized VirtualTime startingAt(Instant start) {
    wallClock = requireNonNull(start, "start");
    return this;
  }

  @Override
  public synchronized Instant now() {
    return wallClock;
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  /** Moves the wall clock, as people and daemons do; intervals don't notice. */
  public synchronized void jumpWallClock(Duration by) {
    wallClock = wallClock.plus(by);
  }

  @Override
  public synchronized Timer after(Duration delay, Runnable action) {
    long at = closed ? TimerQueue.NEVER : TimerQueue.in(delay, nanos);
    return alarms.set(at, requireNonNull(action, "action"));
  }

  @Override
  public synchronized Work start(String name, Runnable body) {
    Worker worker = idle.isEmpty() ? new Worker(this) : idle.remove(idle.size() - 1);
    Worker.Assignment given = worker.assign(name, body);
    runnable.add(worker);
    return () -> interrupt(worker, given);
  }

  private synchronized void interrupt(Worker worker, Worker.Assignment given) {
    if (worker.isAt(given)) {
      worker.interrupt();
      wake(worker, worker.waitsFor());
    }
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException {
    if (future.isDone()) {
      return true;
    }
    Worker self = Worker.current(this);
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
    long wait = parked(self);
    Timer limit = after(atMost, () -> wake(self, wait));
    var unused = future.whenComplete((value, error) -> wake(self, wait));
    self.handBack();
    limit.cancel();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private synchronized long parked(Worker self) {
    parked.add(self);
    self.waitsFor(++waits);
    return waits;
  }

  /** Ends this wait of a worker, unless it is over; a later one is none of its business. */
  private synchronized void wake(Worker worker, long wait) {
    if (worker.waitsFor() == wait && parked.remove(worker)) {
      runnable.add(worker);
    }
  }

  /** Lets all other work run until it waits, before this goes on; no time passes. */
  public void yieldToOthers() {
    try {
      sleep(Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Lets this much time pass, and everything happen that happens in it.
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

  /** Lets everything happen that is ready or due now. */
  public void runUntilIdle() {
    runFor(Duration.ZERO);
  }

  /** Runs work and moves time until the future is done, or the time has passed. */
  private boolean drive(CompletableFuture<?> future, Duration atMost, boolean interruptible)
      throws InterruptedException {
    long until = TimerQueue.in(atMost, nanoTime());
    while (!future.isDone()) {
      if (interruptible && Thread.interrupted()) {
        throw new InterruptedException();
      }
      Worker next = nextRunnable();
      TimerQueue.Alarm due = next == null ? nextAlarm(until) : null;
      if (next != null) {
        next.goOn();
      } else if (due != null) {
        run(due);
      } else {
        return advanceTo(until, future);
      }
      rethrow();
    }
    return true;
  }

  private void run(TimerQueue.Alarm due) {
    try {
      due.action.run();
    } catch (Throwable t) {
      failed(t);
    }
  }

  private synchronized @Nullable Worker nextRunnable() {
    if (runnable.isEmpty()) {
      return null;
    }
    return runnable.remove(shuffled ? order.nextInt(runnable.size()) : 0);
  }

  private synchronized TimerQueue.@Nullable Alarm nextAlarm(long until) {
    TimerQueue.Alarm next = alarms.due(until);
    if (next != null) {
      moveTo(next.at);
    }
    return next;
  }

  private synchronized boolean advanceTo(long until, CompletableFuture<?> future) {
    if (until == TimerQueue.NEVER) {
      throw new AssertionError(
          "nothing is left that could happen, and what is waited for has not: parked are "
              + parked);
    }
    moveTo(until);
    return future.isDone();
  }

  private void moveTo(long at) {
    if (at > nanos) {
      wallClock = wallClock.plusNanos(at - nanos);
      nanos = at;
    }
  }

  synchronized void failed(Throwable t) {
    if (failure == null) {
      failure = t;
    }
  }

  private synchronized void rethrow() {
    Throwable thrown = failure;
    failure = null;
    if (thrown != null) {
      throw new AssertionError("work, or a timer's action, let an exception escape", thrown);
    }
  }

  synchronized void isIdle(Worker worker) {
    worker.unassign();
    if (closed) {
      worker.dismiss();
    } else {
      idle.add(worker);
    }
  }

  /** Work that waits for something; for tests that look for what was left behind. */
  public synchronized List<String> parkedWork() {
    return parked.stream().map(Worker::toString).toList();
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
      alarms.clear();
      idle.forEach(Worker::dismiss);
      idle.clear();
      opened = real;
    }
    if (opened != null) {
      opened.close();
    }
  }
}
