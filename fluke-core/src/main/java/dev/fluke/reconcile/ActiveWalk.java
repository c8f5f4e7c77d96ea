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

  Walk begin(Loop loop) {
    Walk begun = new Walk(loop, job);
    walk = begun;
    return begun;
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
