package dev.fluke.reconcile.internal.connection;

import dev.fluke.time.Scheduler;
import java.time.Duration;

/**
 * How fast connections are opened. A fleet that comes back at once must not log in all at once, at
 * a jump host or from this machine.
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
