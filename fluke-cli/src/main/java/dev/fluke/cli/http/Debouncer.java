package dev.fluke.cli.http;

import dev.fluke.time.Scheduler;
import java.time.Duration;

/** Wakes something at once, and then at most every 5 s, however often it is asked to. */
public final class Debouncer implements Runnable {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Scheduler scheduler;
  private final Runnable action;
  private boolean pausing;
  private boolean asked;

  /** Does this, on whatever thread asks or on one of the scheduler. */
  public Debouncer(Scheduler scheduler, Runnable action) {
    this.scheduler = scheduler;
    this.action = action;
  }

  @Override
  public void run() {
    synchronized (this) {
      if (pausing) {
        asked = true;
        return;
      }
      pausing = true;
    }
    scheduler.after(PAUSE, this::pauseIsOver);
    action.run();
  }

  private void pauseIsOver() {
    boolean again;
    synchronized (this) {
      pausing = false;
      again = asked;
      asked = false;
    }
    if (again) {
      run();
    }
  }
}
