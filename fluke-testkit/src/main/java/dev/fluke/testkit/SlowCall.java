package dev.fluke.testkit;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How long a call takes: no time at first. Safe for use by any thread. */
final class SlowCall {
  private static final Duration LONG = Duration.ofDays(365);

  private Duration time = Duration.ZERO;
  private @Nullable CompletableFuture<Void> hang;

  synchronized void takes(Duration longer) {
    time = longer;
  }

  synchronized void hangs() {
    if (hang == null) {
      hang = new CompletableFuture<>();
    }
  }

  /** Calls that hang go on. */
  void takesNoTime() {
    CompletableFuture<Void> released;
    synchronized (this) {
      time = Duration.ZERO;
      released = hang;
      hang = null;
    }
    if (released != null) {
      released.complete(null);
    }
  }

  /**
   * Lets the time of a call pass.
   *
   * @throws InterruptedException if the thread was interrupted; not while the call hangs
   */
  void pass(Scheduler scheduler) throws InterruptedException {
    Duration longer;
    CompletableFuture<Void> until;
    synchronized (this) {
      longer = time;
      until = hang;
    }
    if (until != null) {
      hang(until, scheduler);
    } else if (!longer.isZero()) {
      scheduler.sleep(longer);
    }
  }

  private static void hang(CompletableFuture<Void> until, Scheduler scheduler) {
    boolean interrupted = false;
    while (!until.isDone()) {
      try {
        scheduler.await(until, LONG);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
