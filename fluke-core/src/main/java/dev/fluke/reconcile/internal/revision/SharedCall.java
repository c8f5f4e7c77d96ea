package dev.fluke.reconcile.internal.revision;

import dev.fluke.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares one slow call among many callers. At most one call is under way; requests that arrive
 * meanwhile share the next one, so that nobody gets an answer older than the request. Safe for use
 * by any thread.
 */
final class SharedCall<T> {
  private final Scheduler scheduler;
  private final String thread;
  private final Supplier<T> call;
  private final Function<Throwable, T> failed;
  private final List<CompletableFuture<T>> underWay = new ArrayList<>();
  private final List<CompletableFuture<T>> next = new ArrayList<>();
  private Scheduler.@Nullable Work work;
  private boolean closed;
  private @Nullable T closedAnswer;

  /**
   * Nothing is under way yet.
   *
   * @param thread the name of the thread that makes the call
   * @param failed the answer where the call throws, or can't begin
   */
  SharedCall(Scheduler scheduler, String thread, Supplier<T> call, Function<Throwable, T> failed) {
    this.scheduler = scheduler;
    this.thread = thread;
    this.call = call;
    this.failed = failed;
  }

  /** Begins a call, or joins the next one if a call is under way. The future never fails. */
  CompletableFuture<T> ask() {
    CompletableFuture<T> mine = new CompletableFuture<>();
    boolean begins;
    synchronized (this) {
      if (closed) {
        mine.complete(closedAnswer);
        return mine;
      }
      begins = underWay.isEmpty();
      (begins ? underWay : next).add(mine);
    }
    if (begins) {
      begin();
    }
    return mine;
  }

  private void begin() {
    try {
      Scheduler.Work started = scheduler.start(thread, this::run);
      synchronized (this) {
        work = started;
      }
    } catch (Throwable t) {
      answer(failed.apply(t));
    }
  }

  private void run() {
    T answer;
    try {
      answer = call.get();
    } catch (Throwable t) {
      answer = failed.apply(t);
    }
    answer(answer);
  }

  private void answer(T answer) {
    List<CompletableFuture<T>> answered;
    boolean again;
    synchronized (this) {
      answered = new ArrayList<>(underWay);
      underWay.clear();
      (closed ? answered : underWay).addAll(next);
      next.clear();
      again = !underWay.isEmpty();
    }
    if (again) {
      begin(); // first, since a callback of an answer may take its time
    }
    answered.forEach(one -> one.complete(answer));
  }

  /** Whether a call is under way. */
  synchronized boolean isUnderWay() {
    return !underWay.isEmpty();
  }

  /** Whether one more call waits. */
  synchronized boolean isWaiting() {
    return !next.isEmpty();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Interrupts the call under way, if there is one. */
  void interrupt() {
    Scheduler.Work running;
    synchronized (this) {
      running = underWay.isEmpty() ? null : work;
    }
    if (running != null) {
      running.interrupt();
    }
  }

  /** Interrupts the call under way; later requests get this answer. */
  void close(T instead) {
    synchronized (this) {
      closed = true;
      closedAnswer = instead;
    }
    interrupt();
  }
}
