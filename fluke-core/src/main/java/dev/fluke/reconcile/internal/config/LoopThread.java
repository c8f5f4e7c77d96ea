package dev.fluke.reconcile.internal.config;

/**
 * Marks threads that do work of the loop: calls that wait for the loop are refused on them. Safe
 * for use by any thread.
 */
public final class LoopThread {
  private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

  /** Whether the calling thread does work of the loop, of a subscriber, or of a sink. */
  public boolean isCurrent() {
    return inside.get();
  }

  /** Runs this with the calling thread marked. */
  public void run(Runnable work) {
    boolean before = inside.get();
    inside.set(true);
    try {
      work.run();
    } finally {
      if (before) {
        inside.set(true);
      } else {
        inside.remove();
      }
    }
  }
}
