package dev.fluke.reconcile;

import dev.fluke.time.Scheduler;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How much of one kind of work (connecting, checking, applying) happens at once. Work that waits
 * for its permit holds no thread.
 */
final class Permits {
  private final Scheduler scheduler;
  private final Deque<Ticket> waiting = new ArrayDeque<>();
  private int free;

  Permits(int limit, Scheduler scheduler) {
    this.free = limit;
    this.scheduler = scheduler;
  }

  /** Starts {@code work} on a thread of its own as soon as a permit is free. */
  Ticket request(String name, Runnable work) {
    Ticket ticket = new Ticket(name, work);
    synchronized (this) {
      waiting.addLast(ticket);
    }
    startWhatMay();
    return ticket;
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

    private void start() {
      synchronized (this) {
        holds = true;
      }
      Scheduler.Work started =
          scheduler.start(
              name,
              () -> {
                try {
                  work.run();
                } finally {
                  release();
                }
              });
      synchronized (this) {
        running = started;
      }
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
      synchronized (Permits.this) {
        if (waiting.remove(this)) {
          waiting.addFirst(this);
        }
      }
    }

    /** Takes it out of the queue; false if it already runs or ran. */
    boolean withdraw() {
      synchronized (Permits.this) {
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
