package dev.fluke.testkit;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs only while it has the turn. The driver gives it the turn, and waits until the
 * worker hands it back.
 */
final class Worker implements Runnable {
  private final WorkerPool pool;
  private final Thread thread;
  private final Semaphore turn = new Semaphore(0);
  private final Semaphore driver = new Semaphore(0);
  private volatile @Nullable Assignment assignment;
  private long wait;
  private boolean started;
  private volatile boolean dismissed;

  Worker(WorkerPool pool) {
    this.pool = pool;
    this.thread = new WorkerThread(this);
  }

  /** A piece of work with a name; compares by identity. */
  static final class Assignment {
    private final String name;
    private final Runnable body;

    private Assignment(String name, Runnable body) {
      this.name = name;
      this.body = body;
    }
  }

  /** The worker of the calling thread, if it belongs to this pool; else null. */
  static @Nullable Worker current(WorkerPool pool) {
    return Thread.currentThread() instanceof WorkerThread thread && thread.worker.pool == pool
        ? thread.worker
        : null;
  }

  Assignment assign(String name, Runnable body) {
    Assignment given = new Assignment(name, body);
    assignment = given;
    return given;
  }

  /** Whether it works on this assignment, and not yet on a later one. */
  boolean worksOn(Assignment given) {
    return assignment == given;
  }

  /** Ends the assignment; an interrupt that came too late for it reaches no later one. */
  void unassign() {
    assignment = null;
    Thread.interrupted();
  }

  /** The number of its current wait; a wake-up for an earlier number is out of date. */
  long currentWait() {
    return wait;
  }

  void currentWait(long number) {
    wait = number;
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Called by the driver: gives the turn to the worker, and waits until it hands it back. */
  void giveTurn() {
    if (!started) {
      started = true;
      thread.start();
    }
    turn.release();
    driver.acquireUninterruptibly();
  }

  /** Called by the worker: hands the turn back, and waits for the next one. */
  void handBack() {
    driver.release();
    turn.acquireUninterruptibly();
  }

  @Override
  public void run() {
    while (true) {
      turn.acquireUninterruptibly();
      Assignment given = assignment;
      if (dismissed || given == null) {
        return;
      }
      try {
        given.body.run();
      } catch (Throwable t) {
        pool.failed(t);
      }
      pool.finished(this);
      driver.release();
    }
  }

  /** Ends the thread, which must be idle. */
  void dismiss() {
    dismissed = true;
    turn.release();
  }

  /** The name of the assignment. */
  @Override
  public String toString() {
    Assignment given = assignment;
    return given == null ? "idle" : given.name;
  }

  /** A thread that knows its worker. */
  private static final class WorkerThread extends Thread {
    private final Worker worker;

    WorkerThread(Worker worker) {
      super(worker, "virtual");
      this.worker = worker;
      setDaemon(true);
    }
  }
}
