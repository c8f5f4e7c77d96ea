package dev.fluke.reconcile.internal.connection;

import dev.fluke.command.Mask;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The open connections, up to a limit. One more closes the least recently used. A connection that
 * was idle for ten minutes is closed, too. Safe for use by any thread.
 */
public final class ConnectionPool {
  private static final Duration IDLE = Duration.ofMinutes(10);

  private final Scheduler scheduler;
  private final Mask mask;
  private final int most;
  private final LoginRate logins;
  private final ConnectionCloser closer;
  private final Map<Pooled, Long> byLastUse = new LinkedHashMap<>();
  private Scheduler.@Nullable Timer nextLook;

  /** A connection of the pool. */
  public interface Pooled {
    boolean isInUse();

    /** Ends it unless it is in use; whether it was ended. */
    boolean endIfIdle();
  }

  /** An empty pool; hides no secret. */
  public ConnectionPool(Scheduler scheduler, LoopSettings.Connections settings) {
    this(scheduler, settings, new Mask());
  }

  /**
   * An empty pool.
   *
   * @param mask hides secrets in what transports say
   */
  public ConnectionPool(Scheduler scheduler, LoopSettings.Connections settings, Mask mask) {
    this.scheduler = scheduler;
    this.mask = mask;
    this.most = settings.open();
    this.logins = new LoginRate(scheduler, settings.loginsPerSecond());
    this.closer = new ConnectionCloser(scheduler);
  }

  /** Hides secrets in what transports say. */
  public Mask mask() {
    return mask;
  }

  /** Closes connections apart from the loop. */
  ConnectionCloser closer() {
    return closer;
  }

  /** Done once nothing is being closed, apart from what takes too long. */
  public CompletableFuture<Void> closed() {
    return closer.idle();
  }

  /** Waits until one more connection may be opened. */
  public void awaitTurn() throws InterruptedException {
    logins.await();
  }

  /** Notes that a connection is in use, and ends others if too many are open. */
  public void used(Pooled connection) {
    while (true) {
      Pooled idle;
      synchronized (this) {
        note(connection);
        idle = byLastUse.size() > most ? idleBut(connection) : null;
      }
      if (idle == null || !idle.endIfIdle()) {
        return; // all are in use: a moment later there are fewer
      }
    }
  }

  private void note(Pooled connection) {
    byLastUse.remove(connection);
    byLastUse.put(connection, scheduler.nanoTime());
    if (nextLook == null) {
      nextLook = scheduler.after(IDLE, this::endIdle);
    }
  }

  private void endIdle() {
    idle().forEach(Pooled::endIfIdle);
  }

  /** Those that are due; sets the timer for the next. */
  private synchronized List<Pooled> idle() {
    long now = scheduler.nanoTime();
    List.copyOf(byLastUse.keySet()).stream().filter(Pooled::isInUse).forEach(this::note);
    List<Pooled> idle = new ArrayList<>();
    long oldest = now;
    for (Map.Entry<Pooled, Long> connection : byLastUse.entrySet()) {
      if (now - connection.getValue() >= IDLE.toNanos()) {
        idle.add(connection.getKey());
      } else {
        oldest = connection.getValue();
        break;
      }
    }
    nextLook =
        idle.size() == byLastUse.size()
            ? null
            : scheduler.after(IDLE.minusNanos(now - oldest), this::endIdle);
    return idle;
  }

  private @Nullable Pooled idleBut(Pooled connection) {
    return byLastUse.keySet().stream()
        .filter(other -> other != connection && !other.isInUse())
        .findFirst()
        .orElse(null);
  }

  /** Forgets a connection that was ended. */
  public synchronized void ended(Pooled connection) {
    byLastUse.remove(connection);
    if (byLastUse.isEmpty() && nextLook != null) {
      nextLook.cancel();
      nextLook = null;
    }
  }
}
