package dev.fluke.testkit;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A thread that runs only while it is handed the turn, and hands it back. */
final class Worker implements Runnable {
  private final VirtualTime time;
  private final Thread thread;
  private final Semaphore turn = new Semaphore(0);
  private final Semaphore driver = new Semaphore(0);
  private volatile @Nullable Assignment assignment;
  private long wait;
  private boolean started;
  private volatile boolean dismissed;

  Worker(VirtualTime time) {
    this.time = time;
    this.thread = new Turn(this);
  }

  /** A piece of work by name; itself and nothing equal to it. */
  static final class Assignment {
    private final String name;
    private final Runnable body;

    private Assignment(String name, Runnable body) {
      this.name = name;
      this.body = body;
    }
  }

  /** The worker whose thread this is, if it is one of this time's. */
  static @Nullable Worker current(VirtualTime time) {
    return Thread.currentThread() instanceof Turn turn && turn.worker.time == time
        ? turn.worker
        : null;
  }

  Assignment assign(String name, Runnable body) {
    Assignment given = new Assignment(name, body);
    assignment = given;
    return given;
  }

  boolean isAt(Assignment given) {
    return assignment == given;
  }

  /** Its work is done; an interrupt that was meant for it dies with it. */
  void unassign() {
    assignment = null;
    Thread.interrupted();
  }

  /** The number of what it waits for, so that nobody wakes it from a later wait. */
  long waitsFor() {
    return wait;
  }

  void waitsFor(long number) {
    wait = number;
  }

  void interrupt() {
    thread.interrupt();
  }

  /** The driver's side: gives the turn, and waits until it is handed back. */
  void goOn() {
    if (!started) {
      started = true;
      thread.start();
    }
    turn.release();
    driver.acquireUninterruptibly();
  }

  /** The worker's side: hands the turn back, and waits to be given it again. */
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
        time.failed(t);
      }
      time.isIdle(this);
      driver.release();
    }
  }

  void dismiss() {
    dismissed = true;
    turn.release();
  }

  @Override
  public String toString() {
    Assignment given = assignment;
    return given == null ? "idle" : given.name;
  }

  /** A thread that knows its worker. */
  private static final class Turn extends Thread {
    private final Worker worker;

    Turn(Worker worker) {
      super(worker, "virtual");
      this.worker = worker;
      setDaemon(true);
    }
  }
}
