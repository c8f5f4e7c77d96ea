package dev.fluke.reconcile.internal.lane;

import dev.fluke.reconcile.internal.cycle.AgentCycle;
import dev.fluke.report.Outcome;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A job that runs on a lane, and its cycle once that has begun. */
final class RunningJob {
  private final AgentJob job;
  private final LaneContext context;
  private final Function<AgentJob, AgentCycle> begin;
  private volatile @Nullable AgentCycle cycle;
  private volatile boolean connectFirst;
  private volatile boolean ended;

  /**
   * A job that is about to run.
   *
   * @param begin creates its cycle
   */
  RunningJob(AgentJob job, LaneContext context, Function<AgentJob, AgentCycle> begin) {
    this.job = job;
    this.context = context;
    this.begin = begin;
  }

  private AgentCycle begin() {
    AgentCycle begun = begin.apply(job);
    cycle = begun;
    return begun;
  }

  /** Begins the cycle, and runs its checks unless a connection has to be opened first. */
  void beginToCheck() {
    AgentCycle begun = begin();
    if (begun.needsConnecting()) {
      connectFirst = true;
    } else {
      begun.check();
    }
  }

  /** Runs the whole cycle on the thread and the permit of the caller. */
  void runToItsEnd() {
    AgentCycle begun = begin();
    while (!begun.isDone()) {
      if (begun.wantsToApply()) {
        begun.apply();
      } else {
        begun.check();
      }
    }
  }

  AgentJob job() {
    return job;
  }

  boolean isOf(ManagedAgent agent) {
    return job.agent() == agent;
  }

  @Nullable AgentCycle cycle() {
    return cycle;
  }

  /** Whether a connection has to be opened next; true at most once. */
  boolean takeConnectFirst() {
    boolean first = connectFirst;
    connectFirst = false;
    return first;
  }

  /** Notes that it ended. Guarded by the lane. */
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

  /**
   * Starts nothing new from now on.
   *
   * @return whether its cycle had begun, and whether an apply is under way
   */
  Cancelled cancel() {
    AgentCycle begun = cycle;
    if (begun == null) {
      return Cancelled.NOT_BEGUN;
    }
    begun.access().cancel();
    return begun.access().isApplying() ? Cancelled.APPLYING : Cancelled.RUNNING;
  }

  /** What a cancelled job was doing. */
  enum Cancelled {
    NOT_BEGUN,
    RUNNING,
    APPLYING
  }
}
