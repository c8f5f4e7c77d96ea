package dev.fluke.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/**
 * What time it is, what chance yields, and which work runs next.
 *
 * <p>Everything in Fluke that waits, times out, jitters or starts a thread goes through one of
 * these, so that a test can replay a whole fleet in virtual time. Implemented by Fluke ({@link
 * #system()}) and by its testkit only; applications hand one in, they don't write one.
 *
 * <p>Safe for use by any thread.
 */
public interface Scheduler extends AutoCloseable {

  /** The wall clock: for timestamps only, never for intervals. */
  Instant now();

  /** Nanoseconds that only ever grow, from an arbitrary start: for intervals, limits and ages. */
  long nanoTime();

  /** Chance, for jitter and nonces. Thread-safe. */
  RandomGenerator random();

  /**
   * Runs {@code action} once, {@code delay} from now. The action must be short and must not block.
   *
   * @param delay how long from now; zero or less means as soon as possible
   */
  Timer after(Duration delay, Runnable action);

  /**
   * Starts {@code work} on a thread of its own, which may block. After {@link #close} as well: what
   * ends late, such as a connection, still has to be let go of.
   *
   * @param name what the thread is called while it does this work; no secrets
   */
  Work start(String name, Runnable work);

  /**
   * Waits until {@code future} is done, however it ends, but no longer than {@code atMost}.
   *
   * @return whether it is done
   * @throws InterruptedException if the waiting thread is interrupted; the work itself goes on
   */
  boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException;

  /**
   * As {@link #await}, but an interrupt shortens nothing: the thread keeps it for afterwards.
   *
   * @return whether it is done
   */
  default boolean awaitUninterruptibly(CompletableFuture<?> future, Duration atMost) {
    long end = nanoTime() + atMost.toNanos();
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return await(future, Duration.ofNanos(end - nanoTime()));
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for {@code time} to pass. */
  default void sleep(Duration time) throws InterruptedException {
    await(new CompletableFuture<>(), time);
  }

  /**
   * The scheduler for real input and output, such as a process: this one, unless its time or its
   * threads are virtual. Virtual time stands still while real work is waited for, and a virtual
   * thread may hold its carrier meanwhile.
   */
  default Scheduler real() {
    return this;
  }

  /** Stops all timers and lets idle threads go. Work under way is not interrupted. */
  @Override
  void close();

  /** The machine's clocks, a secure source of chance, and daemon threads. */
  static Scheduler system() {
    return SystemScheduler.ofDaemons();
  }

  /**
   * As {@link #system()}, with threads of the application's choice. They may be virtual from Java
   * 24 on: then the timers, and what reads from processes and connections, still have daemon
   * threads that are not virtual, so that one carrier is enough.
   *
   * @param threads makes the threads that work runs on; they should be daemons. Called once at
   *     once, for a thread that does nothing, on a Java that has virtual threads
   * @throws IllegalArgumentException if the threads are virtual and this is Java 23 or older, where
   *     a virtual thread that waits in {@code synchronized} holds its carrier
   */
  static Scheduler system(ThreadFactory threads) {
    return SystemScheduler.on(threads);
  }

  /** An action that waits for its time. */
  interface Timer {
    /** The action won't run, unless it already began. */
    void cancel();
  }

  /** Work on a thread of its own. */
  interface Work {
    /** Interrupts the thread if it still does this work, else nothing. */
    void interrupt();
  }
}
