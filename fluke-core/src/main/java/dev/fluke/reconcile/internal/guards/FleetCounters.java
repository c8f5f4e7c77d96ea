package dev.fluke.reconcile.internal.guards;

import dev.fluke.guard.GuardInput.Fleet;
import dev.fluke.report.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * How far each task has come on all agents, and its places: an apply takes one under the task's own
 * lock, so that two lanes can't both be the first. Safe for use by any thread.
 */
public final class FleetCounters {
  private final Map<String, Counter> byTask = new ConcurrentHashMap<>();

  /** How far this declaration of a task has come. */
  public Fleet of(String task, Object declaration) {
    Counter counter = byTask.get(task);
    return counter == null || !counter.declaration.equals(declaration) ? Fleet.NONE : counter.now();
  }

  /**
   * Takes a place for an apply.
   *
   * @param allow decides under the task's lock; calls no foreign code
   * @return the place; empty if it was not allowed
   */
  public Optional<Place> take(String task, Object declaration, Predicate<Fleet> allow) {
    return byTask
        .compute(
            task,
            (name, known) ->
                known != null && known.declaration.equals(declaration)
                    ? known
                    : new Counter(declaration))
        .take(allow);
  }

  /** Forgets tasks that are no longer declared. */
  public void forgetAllBut(Set<String> tasks) {
    byTask.keySet().retainAll(tasks);
  }

  /** An apply under way. */
  public static final class Place {
    private final Counter counter;
    private boolean taken = true;

    private Place(Counter counter) {
      this.counter = counter;
    }

    /** Nothing was sent. Later calls of either method do nothing. */
    public void giveBack() {
      counter.leave(this, 0, 0);
    }

    /** The task ended. */
    public void ended(Outcome outcome) {
      switch (outcome) {
        case IN_SYNC, REMEDIATED -> counter.leave(this, 1, 0);
        case FAILED, NON_CONVERGENT, UNKNOWN -> counter.leave(this, 0, 1);
        case DRIFTED, SKIPPED, CANCELLED, UNREACHABLE -> giveBack();
      }
    }
  }

  /** The counts of one declaration of a task. */
  private static final class Counter {
    private final Object declaration;
    private int applying;
    private int applied;
    private int failed;

    Counter(Object declaration) {
      this.declaration = declaration;
    }

    synchronized Fleet now() {
      return new Fleet(applying, applied, failed);
    }

    synchronized Optional<Place> take(Predicate<Fleet> allow) {
      if (!allow.test(now())) {
        return Optional.empty();
      }
      applying++;
      return Optional.of(new Place(this));
    }

    synchronized void leave(Place place, int more, int moreFailed) {
      if (place.taken) {
        place.taken = false;
        applying--;
        applied += more;
        failed += moreFailed;
      }
    }
  }
}
