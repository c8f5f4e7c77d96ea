package dev.fluke.reconcile;

import org.jspecify.annotations.Nullable;

/** A job that has its turn on a lane, and its walk once that has begun. */
final class ActiveWalk {
  private final Job job;
  private volatile @Nullable Walk walk;
  private volatile boolean connectFirst;
  private volatile boolean ended;

  ActiveWalk(Job job) {
    this.job = job;
  }

  private Walk begin(Loop loop) {
    Walk begun = new Walk(loop, job);
    walk = begun;
    return begun;
  }

  /** Begins, and looks unless a connection has to be opened first. */
  void beginToLook(Loop loop) {
    Walk begun = begin(loop);
    if (begun.needsConnecting()) {
      connectFirst = true;
    } else {
      begun.look();
    }
  }

  /** The whole walk at once, on the thread and the permit of whoever calls. */
  void walkToItsEnd(Loop loop) {
    Walk begun = begin(loop);
    while (!begun.isDone()) {
      if (begun.wantsToMend()) {
        begun.mend();
      } else {
        begun.look();
      }
    }
  }

  Job job() {
    return job;
  }

  @Nullable Walk walk() {
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
