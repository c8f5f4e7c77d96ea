package dev.fluke.reconcile.internal.record;

import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue for code of the application, and a thread that hands out its values while it has
 * any. Nobody who adds a value ever waits for that code. When the queue is full, the oldest values
 * are dropped and counted. Safe for use by any thread.
 */
final class Outlet<T> {
  private static final Logger log = LoggerFactory.getLogger(Outlet.class);

  private final String name;
  private final Size size;
  private final Receiver<T> receiver;
  private final Scheduler scheduler;
  private final LoopThread thread;
  private final Deque<T> queue = new ArrayDeque<>();
  private List<T> inHand = List.of();
  private long dropped;
  private long unreported; // of the dropped ones
  private long reporting; // of the unreported ones, those that inHand reports
  private boolean working;
  private boolean ended;
  private long runs;
  private @Nullable Thread worker;
  private Scheduler.@Nullable Work work;
  private Scheduler.@Nullable Timer pause;
  private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

  /**
   * How much an outlet holds.
   *
   * @param longest how many values wait at most
   * @param atOnce how many of them its receiver takes in one call at most
   */
  record Size(int longest, int atOnce) {}

  /** Code that takes values. One thread calls it at a time, without a lock. */
  interface Receiver<T> {
    /** Takes the oldest values, in order. */
    void take(List<T> values) throws Exception;

    /**
     * Called after {@code take} threw. Must not throw.
     *
     * @return how long to wait before the same values are handed out again; empty to go on without
     *     them
     */
    Optional<Duration> failed(Throwable t);

    /**
     * The value that reports dropped ones. Called with the outlet's lock.
     *
     * @param next the value that follows it
     */
    default Optional<T> report(long dropped, T next) {
      return Optional.empty();
    }
  }

  /**
   * An outlet without values.
   *
   * @param name the name of its threads
   */
  Outlet(String name, Size size, Receiver<T> receiver, Scheduler scheduler, LoopThread thread) {
    this.name = name;
    this.size = size;
    this.receiver = receiver;
    this.scheduler = scheduler;
    this.thread = thread;
  }

  /** Queues a value, and hands out nothing: callers may hold locks. {@link #wake} comes next. */
  synchronized void add(T value) {
    if (!ended) {
      queue.addLast(value);
      dropSurplus();
    }
  }

  private void dropSurplus() {
    while (queue.size() > size.longest) {
      queue.removeFirst();
      dropped++;
      unreported++;
    }
  }

  /** Starts to hand out what is queued, unless a thread does so. Callers hold no lock. */
  void wake() {
    long run;
    synchronized (this) {
      if (working || ended || pause != null || queue.isEmpty()) {
        return;
      }
      working = true;
      idle = new CompletableFuture<>();
      run = ++runs;
    }
    Scheduler.Work started = scheduler.start(name, () -> thread.run(() -> workOff(run)));
    synchronized (this) {
      if (working && run == runs) {
        work = started;
        if (ended) {
          started.interrupt();
        }
      }
    }
  }

  private void workOff(long run) {
    synchronized (this) {
      worker = Thread.currentThread();
    }
    try {
      for (List<T> next = next(); !next.isEmpty(); next = next()) {
        hand(next);
      }
    } finally {
      stopped(run);
    }
  }

  private void hand(List<T> values) {
    try {
      receiver.take(values);
      done();
    } catch (Throwable t) {
      failed(t);
    } finally {
      Thread.interrupted(); // of that call: must not hit the next
    }
  }

  /** What a call does that was interrupted at the end is no failure of its receiver. */
  private void failed(Throwable t) {
    boolean over;
    synchronized (this) {
      over = ended;
    }
    if (over) {
      done();
    } else {
      receiver.failed(t).ifPresentOrElse(this::again, this::done);
    }
  }

  /** The next values; empty if there are none now, and then the thread ends. */
  private synchronized List<T> next() {
    T first = queue.peekFirst();
    if (first == null || ended || pause != null) {
      rest();
      return List.of();
    }
    List<T> next = new ArrayList<>();
    if (unreported > 0) {
      reporting = unreported;
      receiver.report(unreported, first).ifPresent(next::add);
    }
    inHand = new ArrayList<>();
    while (next.size() < size.atOnce && !queue.isEmpty()) {
      T value = queue.removeFirst();
      next.add(value);
      inHand.add(value);
    }
    return next;
  }

  private synchronized void done() {
    inHand = List.of();
    unreported -= reporting;
    reporting = 0;
  }

  private synchronized void again(Duration wait) {
    for (int i = inHand.size() - 1; i >= 0; i--) {
      queue.addFirst(inHand.get(i));
    }
    inHand = List.of();
    reporting = 0;
    dropSurplus();
    if (!ended) {
      pause = scheduler.after(wait, this::resume);
    }
  }

  private void resume() {
    synchronized (this) {
      pause = null;
    }
    wake();
  }

  /** Also if what should not throw did. */
  private synchronized void stopped(long run) {
    if (working && run == runs) {
      rest();
    }
  }

  private void rest() {
    working = false;
    worker = null;
    work = null;
    idle.complete(null);
  }

  /** Those of the values that wait or are being handed out that the filter accepts, in order. */
  synchronized List<T> pending(Predicate<T> filter) {
    return Stream.concat(inHand.stream(), queue.stream()).filter(filter).toList();
  }

  /** How many values wait or are being handed out. */
  synchronized int size() {
    return inHand.size() + queue.size();
  }

  /** How many values were dropped. */
  synchronized long dropped() {
    return dropped;
  }

  /** Interrupts the call that takes values, unless the caller is inside it. */
  synchronized void interrupt() {
    if (work != null && worker != Thread.currentThread()) {
      work.interrupt();
    }
  }

  /** Hands out what is queued without a pause; done when nothing is left to hand out. */
  CompletableFuture<Void> flush() {
    synchronized (this) {
      if (pause != null) {
        pause.cancel();
        pause = null;
      }
    }
    wake();
    synchronized (this) {
      return idle;
    }
  }

  /** Takes and hands out nothing more; the log says how much is lost, and what hangs. */
  void close() {
    int lost = size();
    end();
    if (lost > 0) {
      log.warn("closed while {} had {} values left", receiver, lost);
    }
  }

  /** Takes and hands out nothing more. */
  void end() {
    synchronized (this) {
      ended = true;
      queue.clear();
      if (pause != null) {
        pause.cancel();
        pause = null;
      }
    }
    interrupt();
  }

  /** Whether a call is under way. */
  synchronized boolean isWorking() {
    return working;
  }
}
