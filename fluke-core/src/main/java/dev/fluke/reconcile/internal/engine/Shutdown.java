package dev.fluke.reconcile.internal.engine;

import dev.fluke.reconcile.internal.connection.ConnectionPool;
import dev.fluke.reconcile.internal.fleet.Fleet;
import dev.fluke.reconcile.internal.fleet.FleetMembership;
import dev.fluke.reconcile.internal.lane.Lane;
import dev.fluke.reconcile.internal.lane.LaneContext;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

  private final Scheduler scheduler;
  private final Fleet fleet;
  private final FleetMembership members;
  private final ConnectionPool pool;
  private final CompletableFuture<Void> quiet;
  private final long until;

  /**
   * Its time begins now.
   *
   * @param quiet done once no lane has anything under way
   */
  Shutdown(
      Scheduler scheduler,
      Fleet fleet,
      FleetMembership members,
      ConnectionPool pool,
      CompletableFuture<Void> quiet) {
    this.scheduler = scheduler;
    this.fleet = fleet;
    this.members = members;
    this.pool = pool;
    this.quiet = quiet;
    this.until = scheduler.nanoTime() + LONGEST.toNanos();
  }

  /** Ends waiting jobs and checks, and waits for applies; false if some are still under way. */
  boolean endWork(Duration grace, LaneContext lanes) {
    fleet.members().forEach(member -> member.lane().cancel(member.agent()));
    return isQuietWithin(grace, lanes);
  }

  /** Ends the applies that are still under way. */
  void endApplies(LaneContext lanes) {
    List<Lane> all = members.lanes();
    all.forEach(Lane::interrupt);
    if (!isQuietWithin(AFTER_INTERRUPT, lanes)) {
      all.stream()
          .filter(lane -> lane.abandon("closed while it was under way"))
          .forEach(lane -> log.warn("lane {} did not end: a call there hangs", lane.address()));
    }
  }

  private boolean isQuietWithin(Duration time, LaneContext lanes) {
    return lanes.isQuiet() || scheduler.awaitUninterruptibly(quiet, time);
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

  /** Closes all connections, and waits a while for that. */
  void closeConnections() {
    members.closeConnections();
    if (!scheduler.awaitUninterruptibly(pool.closed(), left())) {
      log.warn("some connections did not close in time; Fluke stops waiting for them");
    }
  }
}
