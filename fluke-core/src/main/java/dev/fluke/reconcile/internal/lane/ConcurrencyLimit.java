package dev.fluke.reconcile.internal.lane;

import dev.fluke.time.Scheduler;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Limits how much work of one kind (connecting, checking, applying) runs at once. Work that waits
 * for a permit holds no thread. Safe for use by any thread.
 */
final class ConcurrencyLimit {
  private final Scheduler scheduler;
  private final Set<Ticket> hurried = new LinkedHashSet<>();
  private final Set<Ticket> waiting = new LinkedHashSet<>();
  private int free;
  private boolean lastHurried;

  ConcurrencyLimit(int limit, Scheduler scheduler) {
    this.free = limit;
    this.scheduler = scheduler;
  }

  /** A ticket for work that runs on a thread of its own once it is requested and permitted. */
  Ticket ticket(String name, Runnable work) {
    return new Ticket(name, work);
  }

  /** How many permits are free. */
  synchronized int free() {
    return free;
  }

  private void startPermitted() {
    while (true) {
      @Nullable Ticket next;
      synchronized (this) {
        next = free == 0 ? null : first();
        if (next == null) {
          return;
        }
        free--;
        next.state = State.PERMITTED;
      }
      next.start();
    }
  }

  /** Those that hurry and the others take turns, so that neither kind starves. */
  private @Nullable Ticket first() {
    lastHurried = waiting.isEmpty() || (!hurried.isEmpty() && !lastHurried);
    Iterator<Ticket> tickets = (lastHurried ? hurried : waiting).iterator();
    if (!tickets.hasNext()) {
      return null;
    }
    Ticket first = tickets.next();
    tickets.remove();
    return first;
  }

  private void returnPermit() {
    synchronized (this) {
      free++;
    }
    startPermitted();
  }

  /** How far a piece of work has come. */
  private enum State {
    NEW,
    WAITING,
    /** It has a permit, and its thread has not begun. */
    PERMITTED,
    RUNNING,
    OVER
  }

  /** One piece of work. */
  final class Ticket {
    private final String name;
    private final Runnable work;
    private State state = State.NEW; // guarded by the limit
    private Scheduler.@Nullable Work running;
    private boolean interrupted;

    private Ticket(String name, Runnable work) {
      this.name = name;
      this.work = work;
    }

    /** Queues it; it starts as soon as a permit is free. */
    void request() {
      synchronized (ConcurrencyLimit.this) {
        state = State.WAITING;
        waiting.add(this);
      }
      startPermitted();
    }

    private void start() {
      Scheduler.Work begun = scheduler.start(name, this::run);
      boolean late;
      synchronized (this) {
        running = begun;
        late = interrupted;
      }
      if (late) {
        begun.interrupt();
      }
    }

    private void run() {
      synchronized (ConcurrencyLimit.this) {
        if (state != State.PERMITTED) {
          return; // withdrawn before its thread began
        }
        state = State.RUNNING;
      }
      try {
        work.run();
      } finally {
        release();
      }
    }

    /** Returns the permit, even if the work still runs; later calls do nothing. */
    void release() {
      synchronized (ConcurrencyLimit.this) {
        if (state != State.RUNNING) {
          return;
        }
        state = State.OVER;
      }
      returnPermit();
    }

    /** Lets it take turns with all that did not hurry; does nothing if it does not wait. */
    void hurry() {
      synchronized (ConcurrencyLimit.this) {
        if (waiting.remove(this)) {
          hurried.add(this);
        }
      }
    }

    /** Takes it back; false if it already runs or ran. */
    boolean withdraw() {
      boolean permitted;
      synchronized (ConcurrencyLimit.this) {
        if (state != State.WAITING && state != State.PERMITTED) {
          return false;
        }
        permitted = state == State.PERMITTED;
        waiting.remove(this);
        hurried.remove(this);
        state = State.OVER;
      }
      if (permitted) {
        returnPermit();
      }
      return true;
    }

    /** Interrupts the work, also if its thread is just starting; nothing if it waits. */
    void interrupt() {
      synchronized (ConcurrencyLimit.this) {
        if (state != State.PERMITTED && state != State.RUNNING) {
          return;
        }
      }
      Scheduler.Work begun;
      synchronized (this) {
        interrupted = running == null;
        begun = running;
      }
      if (begun != null) {
        begun.interrupt();
      }
    }
  }
}
