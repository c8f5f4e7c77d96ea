package dev.fluke.testkit;

import dev.fluke.time.Scheduler.Work;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one {@link VirtualTime}: ready to run, parked in a wait, or idle. Safe for use by
 * any thread.
 */
final class WorkerPool {
  private final @Nullable Random order;
  private final List<Worker> ready = new ArrayList<>();
  private final Set<Worker> parked = new LinkedHashSet<>();
  private final List<Worker> idle = new ArrayList<>();
  private long waits;
  private @Nullable Throwable failure;
  private boolean closed;

  /**
   * An empty pool.
   *
   * @param order picks the next of the workers that are ready; null for first come, first served
   */
  WorkerPool(@Nullable Random order) {
    this.order = order;
  }

  /** Makes a worker ready to run this. */
  synchronized Work start(String name, Runnable body) {
    Worker worker = idle.isEmpty() ? new Worker(this) : idle.remove(idle.size() - 1);
    Worker.Assignment given = worker.assign(name, body);
    ready.add(worker);
    return () -> interrupt(worker, given);
  }

  private synchronized void interrupt(Worker worker, Worker.Assignment given) {
    if (worker.worksOn(given)) {
      worker.interrupt();
      wake(worker, worker.currentWait());
    }
  }

  /** Begins a wait of the calling worker, and returns its number. */
  synchronized long park(Worker self) {
    parked.add(self);
    waits++;
    self.currentWait(waits);
    return waits;
  }

  /** Ends this wait of a worker; does nothing if it ended before. */
  synchronized void wake(Worker worker, long wait) {
    if (worker.currentWait() == wait && parked.remove(worker)) {
      ready.add(worker);
    }
  }

  /** Removes and returns the worker that runs next; null if none is ready. */
  synchronized @Nullable Worker pollReady() {
    if (ready.isEmpty()) {
      return null;
    }
    return ready.remove(order == null ? 0 : order.nextInt(ready.size()));
  }

  /** The names of what is parked, in the order in which the waits began. */
  synchronized List<String> parked() {
    return parked.stream().map(Worker::toString).toList();
  }

  /** Records what work, or a timer's action, threw; only the first counts. */
  synchronized void failed(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    }
  }

  /** Throws what was recorded, once. */
  synchronized void rethrow() {
    Throwable thrown = failure;
    failure = null;
    if (thrown != null) {
      throw new AssertionError("work, or a timer's action, let an exception escape", thrown);
    }
  }

  /** Called by a worker at the end of its work. */
  synchronized void finished(Worker worker) {
    worker.unassign();
    if (closed) {
      worker.dismiss();
    } else {
      idle.add(worker);
    }
  }

  /** Ends the threads of idle workers, and of the others when their work ends. */
  synchronized void close() {
    closed = true;
    idle.forEach(Worker::dismiss);
    idle.clear();
  }
}
