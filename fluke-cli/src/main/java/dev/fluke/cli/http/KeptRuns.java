package dev.fluke.cli.http;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The latest plans and manual runs, by id. One caller has at most 16 that have not ended, so that
 * he leaves the others their turn. In place of more than 200, those that have ended go first: the
 * oldest one of the caller who has most. Safe for use by any thread.
 *
 * @param <R> the runs
 */
final class KeptRuns<R extends KeptRuns.Kept> {
  /** Plans and manual runs of one caller that have not ended. */
  static final int UNFINISHED = 16;

  private static final int KEPT = 200;

  private final Map<String, R> runs = new LinkedHashMap<>();

  /** A plan or a manual run. */
  interface Kept {
    /** The name of the caller who started it. */
    String caller();

    /** Whether it has ended. */
    boolean isDone();
  }

  /**
   * Keeps a run that is about to begin.
   *
   * @throws ApiException with 429 if the caller has too many that have not ended
   */
  synchronized void add(String id, R run) {
    if (runs.values().stream().filter(isUnfinishedOf(run.caller())).count() >= UNFINISHED) {
      throw new ApiException(
          429,
          "'%s' has %d plans and manual runs that have not ended; try again when one has ended"
              .formatted(run.caller(), UNFINISHED));
    }
    runs.put(id, run);
    if (runs.size() > KEPT) {
      next().ifPresent(runs::remove);
    }
  }

  private static Predicate<Kept> isUnfinishedOf(String caller) {
    return run -> run.caller().equals(caller) && !run.isDone();
  }

  /** The run to forget next; empty if none has ended. */
  private Optional<String> next() {
    Multiset<String> callers = HashMultiset.create();
    runs.values().forEach(run -> callers.add(run.caller()));
    return runs.entrySet().stream()
        .filter(run -> run.getValue().isDone())
        .max(
            Comparator.<Map.Entry<String, R>>comparingInt(
                run -> callers.count(run.getValue().caller())))
        .map(Map.Entry::getKey);
  }

  synchronized Optional<R> find(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  /** Forgets a run that did not begin. */
  synchronized void remove(String id) {
    runs.remove(id);
  }
}
