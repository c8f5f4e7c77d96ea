package dev.fluke.reconcile.internal.lane;

import dev.fluke.reconcile.internal.connection.AddressAccess;
import dev.fluke.reconcile.internal.connection.AgentConnection;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.reconcile.internal.cycle.AgentCycle;
import dev.fluke.reconcile.internal.cycle.AgentCycle.Stage;
import dev.fluke.reconcile.internal.cycle.RightToAct;
import dev.fluke.report.Outcome;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A job that runs on a lane, and its cycle once that has begun. */
final class RunningJob {
  private final AgentJob job;
  private final LaneContext context;
  private final AddressAccess address;
  private final BooleanSupplier othersWait;
  private final AgentConnection connection;
  private volatile @Nullable AgentCycle cycle;
  private volatile boolean ended;

  /**
   * A job that is about to run.
   *
   * @param othersWait whether a manual run or a plan waits on the lane
   */
  RunningJob(AgentJob job, LaneContext context, AddressAccess address, BooleanSupplier othersWait) {
    this.job = job;
    this.context = context;
    this.address = address;
    this.othersWait = othersWait;
    this.connection = job.agent().connection();
  }

  /** Goes as far as this permit allows, beginning the cycle if need be. */
  Stage advance(Stage permit) {
    AgentCycle begun = cycle;
    if (begun == null) {
      begun = begin();
      cycle = begun;
    }
    return begun.advance(permit);
  }

  private AgentCycle begin() {
    LaneTurn turn = new LaneTurn(job, context, connection, this::hasEnded, othersWait);
    RightToAct right = new RightToAct(turn, context.cycles());
    boolean patient = job.request().isGuarded();
    HostAccess host = address.open(job.agent().agent(), connection, right, patient);
    return new AgentCycle(context.cycles(), job.request(), turn, host, right);
  }

  ManagedAgent agent() {
    return job.agent();
  }

  boolean isOf(ManagedAgent agent) {
    return job.agent() == agent;
  }

  boolean isUrgent() {
    return job.isUrgent();
  }

  /** Whether a step is being applied or verified. */
  boolean isApplying() {
    AgentCycle begun = cycle;
    return begun != null && begun.access().isApplying();
  }

  /** Whether an executor's apply is under way. */
  boolean mayChangeTheHost() {
    AgentCycle begun = cycle;
    return begun != null && begun.access().mayChangeTheHost();
  }

  /** The call in which its cycle hangs does not return: its task is unknown. */
  void abandoned(String call) {
    AgentCycle begun = cycle;
    if (begun != null) {
      begun.abandoned(call);
    }
  }

  /** Notes that it ended, so that its cycle may do nothing more. Guarded by the lane. */
  void markEnded() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Reports how it ended to the listener, with an outcome for each of its tasks. */
  void report(Outcome unlessEnded, String why) {
    AgentCycle begun = cycle;
    if (begun == null) {
      context.listener().endedUnwalked(job, unlessEnded, why);
      return;
    }
    String cancelled = context.whyCancelled(job.agent());
    context
        .listener()
        .ended(
            job,
            begun,
            cancelled.isEmpty()
                ? begun.end(unlessEnded, why)
                : begun.end(Outcome.CANCELLED, cancelled));
  }
}
