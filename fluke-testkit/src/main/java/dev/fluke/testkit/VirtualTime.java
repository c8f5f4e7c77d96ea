package dev.fluke.testkit;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when there is nothing left to do: one piece of work runs at a time, in an
 * order that the seed decides, and when all of it waits, the clock jumps to the next timer.
 *
 * <p>The thread that calls {@link #await} or {@link #runFor} from outside drives everything, so a
 * test needs neither sleeps nor luck: the same seed gives the same run. While work blocks for real
 * (a process, a socket) virtual time stands still.
 */
public final class VirtualTime implements Scheduler {
  private final Random random;
  private final boolean shuffled;
  private final List<Worker> runnable = new ArrayList<>();
  private final List<Worker> idle = new ArrayList<>();
  private final List<Worker> parked = new ArrayList<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(
          Comparator.<Alarm>comparingLong(alarm -> alarm.at).thenComparingLong(a -> a.number));
  private final Random order;
  private Instant wallClock = Instant.parse("2025-01-01T00:00:00Z");
  private long nanos;
  private long created;
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
    Alarm alarm = new Alarm(nanos + Math.max(0, delay.toNanos()), created++, action);
    if (!closed) {
      alarms.add(alarm);
    }
    return () -> cancel(alarm);
  }

  private synchronized void cancel(Alarm alarm) {
    alarms.remove(alarm);
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
      wake(worker);
    }
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException {
    if (future.isDone()) {
      return true;
    }
    Worker self = Worker.current(this);
    if (self == null) {
      return drive(future, atMost);
    }
    park(self, future, atMost);
    return future.isDone();
  }

  private void park(Worker self, CompletableFuture<?> future, Duration atMost)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Timer limit = after(atMost, () -> wake(self));
    synchronized (this) {
      parked.add(self);
    }
    var unused = future.whenComplete((value, error) -> wake(self));
    self.handBack();
    limit.cancel();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private synchronized void wake(Worker worker) {
    if (parked.remove(worker)) {
      runnable.add(worker);
    }
  }

  /** Lets other work that is ready run before this goes on; no time passes. */
  public void yieldToOthers() {
    try {
      sleep(Duration.ofNanos(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets this much time pass, and everything happen that happens in it. */
  public void runFor(Duration time) {
    drive(new CompletableFuture<>(), time);
  }

  /** Lets everything happen that is ready or due now. */
  public void runUntilIdle() {
    runFor(Duration.ZERO);
  }

  /** Runs work and moves time until the future is done, or the time has passed. */
  private boolean drive(CompletableFuture<?> future, Duration atMost) {
    long until = saturated(atMost);
    while (!future.isDone()) {
      Worker next = nextRunnable();
      if (next != null) {
        next.goOn();
        rethrow();
        continue;
      }
      Alarm due = nextAlarm(until);
      if (due == null) {
        return advanceTo(until, future);
      }
      due.action.run();
    }
    return true;
  }

  private synchronized long saturated(Duration atMost) {
    return atMost.compareTo(Duration.ofDays(36_000)) >= 0
        ? Long.MAX_VALUE
        : nanos + Math.max(0, atMost.toNanos());
  }

  private synchronized @Nullable Worker nextRunnable() {
    if (runnable.isEmpty()) {
      return null;
    }
    return runnable.remove(shuffled ? order.nextInt(runnable.size()) : 0);
  }

  private synchronized @Nullable Alarm nextAlarm(long until) {
    Alarm next = alarms.peek();
    if (next == null || next.at > until) {
      return null;
    }
    alarms.poll();
    moveTo(next.at);
    return next;
  }

  private synchronized boolean advanceTo(long until, CompletableFuture<?> future) {
    if (until == Long.MAX_VALUE) {
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
      throw new AssertionError("work let an exception escape", thrown);
    }
  }

  synchronized void isIdle(Worker worker) {
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

  /** An action at a time. */
  private static final class Alarm {
    private final long at;
    private final long number;
    private final Runnable action;

    Alarm(long at, long number, Runnable action) {
      this.at = at;
      this.number = number;
      this.action = action;
    }
  }
}
