package dev.fluke.reconcile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits on a lane: manual runs and plans in order, before automatic cycles, of which at most
 * one waits for each agent. Guarded by its lane.
 */
final class Waiting {
  private final Deque<Job> urgent = new ArrayDeque<>();
  private final Deque<Job> automatic = new ArrayDeque<>();

  void add(Job job) {
    if (job.kind != Job.Kind.AUTOMATIC) {
      urgent.addLast(job);
    } else if (automatic.stream().noneMatch(waiting -> waiting.join(job))) {
      automatic.addLast(job);
    }
  }

  boolean hasUrgent() {
    return !urgent.isEmpty();
  }

  @Nullable Job nextUrgent() {
    return urgent.pollFirst();
  }

  @Nullable Job next() {
    return urgent.isEmpty() ? automatic.pollFirst() : urgent.pollFirst();
  }

  List<Job> takeAll() {
    return take(job -> true);
  }

  List<Job> takeOf(ManagedAgent agent) {
    return take(job -> job.agent == agent);
  }

  private List<Job> take(Predicate<Job> which) {
    List<Job> taken = new ArrayList<>();
    urgent.stream().filter(which).forEach(taken::add);
    automatic.stream().filter(which).forEach(taken::add);
    urgent.removeAll(taken);
    automatic.removeAll(taken);
    return taken;
  }
}
