package dev.fluke.reconcile;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The links that are open, so many at most: the one that was used longest ago is ended for one
 * more. And how fast they are opened, since a fleet that comes back at once must not knock on a
 * jump host, or wear out this machine, all at once.
 */
final class OpenLinks {
  private final Scheduler scheduler;
  private final int most;
  private final long betweenLogins; // nanoseconds
  private final long burst;
  private final Set<Link> byLastUse = new LinkedHashSet<>();
  private long nextLogin;

  /**
   * None so far.
   *
   * @param most how many may be open
   * @param loginsPerSecond how many are opened in a second; as many may be at once after a pause
   */
  OpenLinks(Scheduler scheduler, int most, int loginsPerSecond) {
    this.scheduler = scheduler;
    this.most = most;
    this.betweenLogins = Duration.ofSeconds(1).dividedBy(loginsPerSecond).toNanos();
    this.burst = Duration.ofSeconds(1).toNanos() - betweenLogins;
    this.nextLogin = scheduler.nanoTime() - burst;
  }

  /** Waits for one's turn to log in. */
  void awaitTurn() throws InterruptedException {
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

  /** Notes that a link is in use, and ends others if too many are open. */
  void used(Link link) {
    while (true) {
      Link idle;
      synchronized (this) {
        byLastUse.remove(link);
        byLastUse.add(link);
        idle = byLastUse.size() > most ? idleBut(link) : null;
      }
      if (idle == null || !idle.endIfIdle()) {
        return; // all are in use: a moment later there are fewer
      }
    }
  }

  private @Nullable Link idleBut(Link link) {
    return byLastUse.stream()
        .filter(other -> other != link && !other.isInUse())
        .findFirst()
        .orElse(null);
  }

  synchronized void ended(Link link) {
    byLastUse.remove(link);
  }
}
