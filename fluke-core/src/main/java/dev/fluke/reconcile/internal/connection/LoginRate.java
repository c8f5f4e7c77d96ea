package dev.fluke.reconcile.internal.connection;

import dev.fluke.time.Scheduler;
import java.time.Duration;

/**
 * Limits how many connections are opened in a second. When a whole fleet comes back, its logins
 * must not all reach a jump host, or leave this machine, at once.
 */
final class LoginRate {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Scheduler scheduler;
  private final long betweenLogins; // nanoseconds
  private final long burst;
  private long nextLogin;

  /** So many a second; as many may come at once after a pause. */
  LoginRate(Scheduler scheduler, int loginsPerSecond) {
    this.scheduler = scheduler;
    this.betweenLogins = SECOND.dividedBy(loginsPerSecond).toNanos();
    this.burst = SECOND.toNanos() - betweenLogins;
    this.nextLogin = scheduler.nanoTime() - burst;
  }

  /** Waits for its turn. */
  void await() throws InterruptedException {
    Duration wait = turn();
    if (!wait.isNegative() && !wait.isZero()) {
      scheduler.sleep(wait);
    }
  }

  private synchronized Duration turn() {
    long now = scheduler.nanoTime();
    long at = nextLogin - now < -burst ? now - burst : nextLogin;
    nextLogin = at + betweenLogins;
    return Duration.ofNanos(at - now);
  }
}
