package dev.fluke.reconcile;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The links that are open, so many at most: the one that was used longest ago is ended for one
 * more, and each that was not used for ten minutes. And how fast they are opened, since a fleet
 * that comes back at once must not knock on a jump host, or wear out this machine, all at once.
 */
final class ConnectionPool {
  private static final Duration IDLE = Duration.ofMinutes(10);

  private final Scheduler scheduler;
  private final int most;
  private final long betweenLogins; // nanoseconds
  private final long burst;
  private final Map<AgentConnection, Long> byLastUse = new LinkedHashMap<>();
  private Scheduler.@Nullable Timer nextLook;
  private long nextLogin;

  /**
   * None so far.
   *
   * @param most how many may be open
   * @param loginsPerSecond how many are opened in a second; as many may be at once after a pause
   */
  ConnectionPool(Scheduler scheduler, int most, int loginsPerSecond) {
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
  void used(AgentConnection link) {
    while (true) {
      AgentConnection idle;
      synchronized (this) {
        note(link);
        idle = byLastUse.size() > most ? idleBut(link) : null;
      }
      if (idle == null || !idle.endIfIdle()) {
        return; // all are in use: a moment later there are fewer
      }
    }
  }

  private void note(AgentConnection link) {
    byLastUse.remove(link);
    byLastUse.put(link, scheduler.nanoTime());
    if (nextLook == null) {
      nextLook = scheduler.after(IDLE, this::endIdle);
    }
  }

  private void endIdle() {
    List<AgentConnection> idle = idle();
    if (!idle.isEmpty()) {
      scheduler.start("fluke-idle", () -> idle.forEach(AgentConnection::endIfIdle)); // it may block
    }
  }

  /** Those that are due, and when to look again. */
  private synchronized List<AgentConnection> idle() {
    long now = scheduler.nanoTime();
    List.copyOf(byLastUse.keySet()).stream().filter(AgentConnection::isInUse).forEach(this::note);
    List<AgentConnection> idle = new ArrayList<>();
    long oldest = now;
    for (Map.Entry<AgentConnection, Long> link : byLastUse.entrySet()) {
      if (now - link.getValue() >= IDLE.toNanos()) {
        idle.add(link.getKey());
      } else {
        oldest = link.getValue();
        break;
      }
    }
    nextLook =
        idle.size() == byLastUse.size()
            ? null
            : scheduler.after(IDLE.minusNanos(now - oldest), this::endIdle);
    return idle;
  }

  private @Nullable AgentConnection idleBut(AgentConnection link) {
    return byLastUse.keySet().stream()
        .filter(other -> other != link && !other.isInUse())
        .findFirst()
        .orElse(null);
  }

  synchronized void ended(AgentConnection link) {
    byLastUse.remove(link);
    if (byLastUse.isEmpty() && nextLook != null) {
      nextLook.cancel();
      nextLook = null;
    }
  }
}
