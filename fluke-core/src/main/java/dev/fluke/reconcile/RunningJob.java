package dev.fluke.reconcile;

import org.jspecify.annotations.Nullable;

/** A job that has its turn on a lane, and its walk once that has begun. */
final class RunningJob {
  private final AgentJob job;
  private volatile @Nullable AgentCycle walk;
  private volatile boolean connectFirst;
  private volatile boolean ended;

  RunningJob(AgentJob job) {
    this.job = job;
  }

  private AgentCycle begin(Engine loop) {
    AgentCycle begun = new AgentCycle(loop, job);
    walk = begun;
    return begun;
  }

  /** Begins, and looks unless a connection has to be opened first. */
  void beginToLook(Engine loop) {
    AgentCycle begun = begin(loop);
    if (begun.needsConnecting()) {
      connectFirst = true;
    } else {
      begun.look();
    }
  }

  /** The whole walk at once, on the thread and the permit of whoever calls. */
  void walkToItsEnd(Engine loop) {
    AgentCycle begun = begin(loop);
    while (!begun.isDone()) {
      if (begun.wantsToMend()) {
        begun.mend();
      } else {
        begun.look();
      }
    }
  }

  AgentJob job() {
    return job;
  }

  @Nullable AgentCycle walk() {
    return walk;
  }

  void connectFirst(boolean first) {
    connectFirst = first;
  }

  boolean connectFirst() {
    return connectFirst;
  }

  void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }
}
