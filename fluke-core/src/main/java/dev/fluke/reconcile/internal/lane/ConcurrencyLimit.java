package dev.fluke.reconcile.internal.lane;

import dev.fluke.time.Scheduler;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How much of one kind of work (connecting, checking, applying) happens at once. Work that waits
 * for its permit holds no thread.
 */
final class ConcurrencyLimit {
  private final Scheduler scheduler;
  private final Deque<Ticket> waiting = new ArrayDeque<>();
  private int free;

  ConcurrencyLimit(int limit, Scheduler scheduler) {
    this.free = limit;
    this.scheduler = scheduler;
  }

  /** A ticket for work that gets a thread of its own, once requested and permitted. */
  Ticket ticket(String name, Runnable work) {
    return new Ticket(name, work);
  }

  private void startWhatMay() {
    while (true) {
      Ticket next;
      synchronized (this) {
        if (free == 0 || waiting.isEmpty()) {
          return;
        }
        free--;
        next = waiting.removeFirst();
      }
      next.start();
    }
  }

  private void giveBack() {
    synchronized (this) {
      free++;
    }
    startWhatMay();
  }

  /** One piece of work that waits, runs, or is over. */
  final class Ticket {
    private final String name;
    private final Runnable work;
    private Scheduler.@Nullable Work running;
    private boolean holds;

    private Ticket(String name, Runnable work) {
      this.name = name;
      this.work = work;
    }

    /** Queues it; it starts as soon as a permit is free. */
    void request() {
      synchronized (ConcurrencyLimit.this) {
        waiting.addLast(this);
      }
      startWhatMay();
    }

    private synchronized void start() {
      holds = true;
      running =
          scheduler.start(
              name,
              () -> {
                try {
                  work.run();
                } finally {
                  release();
                }
              });
    }

    /** Gives the permit to others, though the work may still run; later calls do nothing. */
    void release() {
      synchronized (this) {
        if (!holds) {
          return;
        }
        holds = false;
      }
      giveBack();
    }

    /** Lets it go before the others that wait. */
    void hurry() {
      synchronized (ConcurrencyLimit.this) {
        if (waiting.remove(this)) {
          waiting.addFirst(this);
        }
      }
    }

    /** Takes it out of the queue; false if it already runs or ran. */
    boolean withdraw() {
      synchronized (ConcurrencyLimit.this) {
        return waiting.remove(this);
      }
    }

    synchronized void interrupt() {
      if (running != null) {
        running.interrupt();
      }
    }
  }
}
