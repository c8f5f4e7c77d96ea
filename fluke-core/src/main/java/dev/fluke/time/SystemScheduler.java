package dev.fluke.time;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real time, on the machine's clocks. Threads are made when needed and go when idle for 10 s; the
 * thread of the timers stays once it is there, so that timers can be set when no other thread can
 * be had.
 */
final class SystemScheduler implements Scheduler {
  private static final Logger log = LoggerFactory.getLogger(SystemScheduler.class);
  private static final Duration IDLE = Duration.ofSeconds(10);

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final Duration WAIT_FOR_THREADS = Duration.ofSeconds(1);

  private final ThreadLocal<Boolean> ours = ThreadLocal.withInitial(() -> false);
  private final SecureRandom random = new SecureRandom();
  private final ThreadPoolExecutor workers;
  private final ScheduledThreadPoolExecutor timers;

  /** Null: this one. */
  private final @Nullable SystemScheduler real;

  private SystemScheduler(
      ThreadFactory threads, ThreadFactory timerThreads, @Nullable SystemScheduler real) {
    this.real = real;
    workers =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads);
    timers = new ScheduledThreadPoolExecutor(1, timerThreads);
    timers.setRemoveOnCancelPolicy(true);
    timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** On daemon threads of its own. */
  static SystemScheduler ofDaemons() {
    ThreadFactory daemons = daemonThreads();
    return new SystemScheduler(daemons, daemons, null);
  }

  /**
   * On these threads. If they are virtual, the timers and what waits in the operating system, such
   * as for what a process prints, get daemon threads: they would hold a carrier, maybe the only
   * one.
   *
   * @throws IllegalArgumentException if this Java can't let a virtual thread wait
   */
  static SystemScheduler on(ThreadFactory threads) {
    if (!VirtualThreads.areMadeBy(threads)) {
      return new SystemScheduler(threads, threads, null);
    }
    VirtualThreads.requireUsable(Runtime.version().feature());
    return new SystemScheduler(threads, daemonThreads(), ofDaemons());
  }

  private static ThreadFactory daemonThreads() {
    AtomicLong count = new AtomicLong();
    return body -> {
      Thread thread = new Thread(body, "fluke-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Timer after(Duration delay, Runnable action) {
    if (timers.isShutdown()) {
      return () -> {};
    }
    ScheduledFuture<?> timer =
        timers.schedule(() -> safely(action), nanosOf(delay), TimeUnit.NANOSECONDS);
    return () -> timer.cancel(false);
  }

  @Override
  public Work start(String name, Runnable work) {
    RunningWork running =
        new RunningWork(
            name,
            () -> {
              ours.set(true);
              work.run();
            });
    try {
      workers.execute(running);
    } catch (RejectedExecutionException e) {
      workers.getThreadFactory().newThread(running).start();
    }
    return running;
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException {
    try {
      future.get(nanosOf(atMost), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | CancellationException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  /** A time that no machine lives to see is as good as any longer one, which has no nanoseconds. */
  private static long nanosOf(Duration time) {
    Duration bounded = time.compareTo(LONGEST) > 0 ? LONGEST : time;
    return bounded.isNegative() ? 0 : bounded.toNanos();
  }

  @Override
  public Scheduler real() {
    return real == null ? this : real;
  }

  @Override
  public void close() {
    timers.shutdownNow();
    workers.shutdown();
    if (real != null) {
      real.close();
    }
    if (!ours.get()) {
      letThreadsGo();
    }
  }

  /** Idle threads end at once; one that hangs in somebody's call is not waited for. */
  private void letThreadsGo() {
    try {
      long until = System.nanoTime() + WAIT_FOR_THREADS.toNanos();
      workers.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      timers.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void safely(Runnable action) {
    try {
      action.run();
    } catch (Throwable t) {
      log.error("a timer's action failed", t);
    }
  }

  /** One piece of work; its thread is interrupted only while it does this work. */
  private static final class RunningWork implements Work, Runnable {
    private final String name;
    private final Runnable body;
    private @Nullable Thread thread;

    RunningWork(String name, Runnable body) {
      this.name = name;
      this.body = body;
    }

    @Override
    public void run() {
      Thread self = Thread.currentThread();
      String idleName = self.getName();
      self.setName(name);
      synchronized (this) {
        thread = self;
      }
      try {
        safely(body);
      } finally {
        synchronized (this) {
          thread = null;
        }
        self.setName(idleName);
      }
    }

    @Override
    public synchronized void interrupt() {
      if (thread != null) {
        thread.interrupt();
      }
    }
  }
}
