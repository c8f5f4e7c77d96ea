package dev.fluke.reconcile.internal.connection;

import dev.fluke.time.Scheduler;
import dev.fluke.transport.HostConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections on threads of their own, since a silent host can make that take long. Many
 * close at once; one that takes too long is interrupted and gives its place to others. Safe for use
 * by any thread.
 */
final class ConnectionCloser {
  private static final Logger log = LoggerFactory.getLogger(ConnectionCloser.class);
  private static final int AT_ONCE = 64;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Scheduler scheduler;
  private final Deque<Closing> waiting = new ArrayDeque<>();
  private int running;
  private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

  ConnectionCloser(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Closes it soon, and does not wait for that. */
  void close(String agent, HostConnection connection) {
    synchronized (this) {
      if (running == 0 && waiting.isEmpty()) {
        idle = new CompletableFuture<>();
      }
      waiting.add(new Closing(agent, connection));
    }
    startMore();
  }

  /** Done once nothing is being closed, apart from what takes too long. */
  synchronized CompletableFuture<Void> idle() {
    return idle;
  }

  private void startMore() {
    while (true) {
      Closing next;
      synchronized (this) {
        if (running == AT_ONCE || waiting.isEmpty()) {
          return;
        }
        running++;
        next = waiting.remove();
      }
      next.start();
    }
  }

  private void ended() {
    CompletableFuture<Void> done = null;
    synchronized (this) {
      running--;
      if (running == 0 && waiting.isEmpty()) {
        done = idle;
      }
    }
    if (done != null) {
      done.complete(null);
    }
    startMore();
  }

  /** One connection that is being closed. */
  private final class Closing {
    private final String agent;
    private final HostConnection connection;
    private Scheduler.@Nullable Work work;
    private boolean ended;

    Closing(String agent, HostConnection connection) {
      this.agent = agent;
      this.connection = connection;
    }

    void start() {
      Scheduler.Work begun = scheduler.start("fluke-close", this::run);
      synchronized (this) {
        work = begun;
      }
    }

    private void run() {
      Scheduler.Timer limit = scheduler.after(LIMIT, this::overran);
      try {
        connection.close();
      } catch (Throwable t) {
        log.debug("agent {}: closing its connection failed", agent, t);
      } finally {
        limit.cancel();
        end();
      }
    }

    private void overran() {
      if (end()) {
        log.warn("agent {}: its connection did not close within 30 s", agent);
        synchronized (this) {
          if (work != null) {
            work.interrupt();
          }
        }
      }
    }

    private boolean end() {
      synchronized (this) {
        if (ended) {
          return false;
        }
        ended = true;
      }
      ConnectionCloser.this.ended();
      return true;
    }
  }
}
