package dev.fluke.reconcile.internal.lane;

import dev.fluke.time.Scheduler;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Limits how much work of one kind (connecting, checking, applying) runs at once. Work that waits
 * for a permit holds no thread. Safe for use by any thread.
 */
final class ConcurrencyLimit {
  private final Scheduler scheduler;
  private final Deque<Ticket> waiting = new ArrayDeque<>();
  private int free;

  ConcurrencyLimit(int limit, Scheduler scheduler) {
    this.free = limit;
    this.scheduler = scheduler;
  }

  /** A ticket for work that runs on a thread of its own once it is requested and permitted. */
  Ticket ticket(String name, Runnable work) {
    return new Ticket(name, work);
  }

  private void startPermitted() {
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

  private void returnPermit() {
    synchronized (this) {
      free++;
    }
    startPermitted();
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
      startPermitted();
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

    /** Returns the permit, even if the work still runs; later calls do nothing. */
    void release() {
      synchronized (this) {
        if (!holds) {
          return;
        }
        holds = false;
      }
      returnPermit();
    }

    /** Moves it to the front of the queue; does nothing if it does not wait. */
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
