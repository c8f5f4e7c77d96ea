package dev.fluke.cli.http;

import dev.fluke.time.Scheduler;
import java.time.Duration;

/** Runs an action immediately, then at most every 5 s. Requests in between are merged into one. */
public final class Debouncer implements Runnable {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Scheduler scheduler;
  private final Runnable action;
  private boolean paused;
  private boolean requested;

  /** Runs the action on the calling thread or on one of the scheduler. */
  public Debouncer(Scheduler scheduler, Runnable action) {
    this.scheduler = scheduler;
    this.action = action;
  }

  @Override
  public void run() {
    synchronized (this) {
      if (paused) {
        requested = true;
        return;
      }
      paused = true;
    }
    scheduler.after(PAUSE, this::endPause);
    action.run();
  }

  private void endPause() {
    boolean again;
    synchronized (this) {
      paused = false;
      again = requested;
      requested = false;
    }
    if (again) {
      run();
    }
  }
}
