package dev.fluke.reconcile.internal.engine;

import dev.fluke.reconcile.internal.connection.AgentConnection;
import dev.fluke.reconcile.internal.fleet.Fleet;
import dev.fluke.reconcile.internal.fleet.FleetMembership;
import dev.fluke.reconcile.internal.lane.Lane;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends all work as rule 31 says: waits for applies, then ends them; done within 40 s. */
final class Shutdown {
  private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

  /** How much time is for events that sinks and sources gave while they closed. */
  static final Duration FOR_LAST_EVENTS = Duration.ofMillis(100);

  private static final Duration LONGEST = Duration.ofSeconds(39);
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(8);
  private static final Duration TO_LET_GO = Duration.ofSeconds(5);
  private static final Duration AT_LEAST = Duration.ofMillis(200);
  private static final int AT_ONCE = 64;

  private final Scheduler scheduler;
  private final Fleet fleet;
  private final FleetMembership members;
  private final CompletableFuture<Void> quiet;
  private final long until;

  /**
   * Its time begins now.
   *
   * @param quiet done once no lane has anything under way
   */
  Shutdown(
      Scheduler scheduler, Fleet fleet, FleetMembership members, CompletableFuture<Void> quiet) {
    this.scheduler = scheduler;
    this.fleet = fleet;
    this.members = members;
    this.quiet = quiet;
    this.until = scheduler.nanoTime() + LONGEST.toNanos();
  }

  /** Ends the work on all lanes, and closes all connections. */
  void endLanes(Duration grace) {
    List<Lane> all = members.lanes();
    fleet.members().forEach(member -> member.lane().cancel(member.agent()));
    boolean calm = isQuietWithin(grace);
    if (!calm) {
      all.forEach(Lane::interrupt);
      calm = isQuietWithin(AFTER_INTERRUPT);
    }
    if (!calm) {
      all.stream()
          .filter(lane -> lane.abandon("closed while it was under way"))
          .forEach(lane -> log.warn("lane {} did not end: a call there hangs", lane.address()));
    }
    closeConnections();
  }

  private boolean isQuietWithin(Duration time) {
    return members.isQuiet() || await(quiet, time);
  }

  /** How much time the next part of the shutdown may take. */
  Duration left() {
    Duration left = Duration.ofNanos(Math.max(0, until - scheduler.nanoTime()));
    return left.compareTo(TO_LET_GO) < 0 ? left : TO_LET_GO;
  }

  /**
   * How much time is for the sources, sinks, subscribers, observers and the event store together.
   * Some remains even if the lanes took all of theirs.
   */
  Duration leftForOutlets() {
    Duration left = left();
    return left.compareTo(AT_LEAST) < 0 ? AT_LEAST : left;
  }

  /** Closes many at once, so that a silent host delays few others. */
  private void closeConnections() {
    Queue<AgentConnection> open = new ConcurrentLinkedQueue<>();
    for (Fleet.Member member : fleet.members()) {
      AgentConnection connection = member.agent().connection();
      if (connection.isOpen()) {
        open.add(connection);
      } else {
        connection.close();
      }
    }
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (int i = Math.min(AT_ONCE, open.size()); i > 0; i--) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      ends.add(end);
      scheduler.start(
          "fluke-close",
          () -> {
            try {
              for (AgentConnection one = open.poll(); one != null; one = open.poll()) {
                one.close();
              }
            } finally {
              end.complete(null);
            }
          });
    }
    if (!await(CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)), left())) {
      log.warn("some connections did not close in time; Fluke stops waiting for them");
    }
  }

  private boolean await(CompletableFuture<Void> future, Duration time) {
    boolean interrupted = false;
    try {
      return scheduler.await(future, time);
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
