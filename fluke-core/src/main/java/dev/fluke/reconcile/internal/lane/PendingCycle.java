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
 * A cycle that was opened and waits for the last of its agents. Safe for use by any thread.
 *
 * @param <P> what each agent gives for each of its tasks: a report, or a planned task
 * @param <R> what becomes of all of them: a report of the cycle, or a plan
 */
public final class PendingCycle<P, R> {
  private final SortedSet<String> missing;
  private final SortedMap<String, List<P>> parts = new TreeMap<>();
  private final Function<List<P>, R> whole;
  private final CompletableFuture<R> result = new CompletableFuture<>();

  /**
   * Waits for these agents; for none, it is done.
   *
   * @param whole makes the result of all parts, in the order of the agents' names
   */
  public PendingCycle(Collection<String> agents, Function<List<P>, R> whole) {
    this.missing = new TreeSet<>(agents);
    this.whole = whole;
    if (missing.isEmpty()) {
      complete();
    }
  }

  /** An agent is done; later calls for it do nothing. */
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
