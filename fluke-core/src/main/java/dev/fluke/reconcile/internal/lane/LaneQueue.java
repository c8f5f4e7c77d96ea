package dev.fluke.reconcile.internal.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that wait on a lane: first manual runs and plans, in order, then automatic cycles, at
 * most one per agent. Guarded by its lane.
 */
final class LaneQueue {
  private final Deque<AgentJob> urgent = new ArrayDeque<>();
  private final Deque<AgentJob> automatic = new ArrayDeque<>();

  void add(AgentJob job) {
    if (job.isUrgent()) {
      urgent.addLast(job);
    } else if (automatic.stream().noneMatch(waiting -> waiting.join(job))) {
      automatic.addLast(job);
    }
  }

  boolean hasUrgent() {
    return !urgent.isEmpty();
  }

  @Nullable AgentJob nextUrgent() {
    return urgent.pollFirst();
  }

  @Nullable AgentJob next() {
    return urgent.isEmpty() ? automatic.pollFirst() : urgent.pollFirst();
  }

  List<AgentJob> takeAll() {
    return take(job -> true);
  }

  List<AgentJob> takeOf(ManagedAgent agent) {
    return take(job -> job.agent() == agent);
  }

  private List<AgentJob> take(Predicate<AgentJob> which) {
    List<AgentJob> taken = new ArrayList<>();
    urgent.stream().filter(which).forEach(taken::add);
    automatic.stream().filter(which).forEach(taken::add);
    urgent.removeAll(taken);
    automatic.removeAll(taken);
    return taken;
  }
}
