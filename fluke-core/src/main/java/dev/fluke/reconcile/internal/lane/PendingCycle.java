package dev.fluke.reconcile.internal.lane;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * An open cycle that waits for its agents. Safe for use by any thread.
 *
 * @param <P> the result for one task of an agent: a report, or a planned task
 * @param <R> the result of the cycle: a report, or a plan
 */
public final class PendingCycle<P, R> {
  private final SortedSet<String> missing;
  private final SortedMap<String, List<P>> parts = new TreeMap<>();
  private final Function<List<P>, R> whole;
  private final Runnable whenBegun;
  private final CompletableFuture<R> result = new CompletableFuture<>();

  /**
   * Waits for these agents; without any, it is done at once.
   *
   * @param whole makes the result from all parts, in the order of the agents' names
   */
  public PendingCycle(Collection<String> agents, Function<List<P>, R> whole) {
    this(agents, whole, () -> {});
  }

  /**
   * As the other, with a call when agents begin.
   *
   * @param whenBegun called each time an agent begins
   */
  public PendingCycle(Collection<String> agents, Function<List<P>, R> whole, Runnable whenBegun) {
    this.missing = new TreeSet<>(agents);
    this.whole = whole;
    this.whenBegun = whenBegun;
    if (missing.isEmpty()) {
      complete();
    }
  }

  /** The part of an agent begins. */
  void begins() {
    whenBegun.run();
  }

  /** Takes the part of an agent; later calls for the same agent do nothing. */
  public void done(String agent, List<P> part) {
    synchronized (this) {
      if (!missing.remove(agent)) {
        return;
      }
      parts.put(agent, part);
      if (!missing.isEmpty()) {
        return;
      }
    }
    complete();
  }

  public CompletableFuture<R> result() {
    return result;
  }

  private void complete() {
    result.complete(whole.apply(parts.values().stream().flatMap(List::stream).toList()));
  }
}
