package dev.fluke.reconcile.internal.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that wait on a lane: manual runs and plans in order, and automatic cycles, at most one
 * per agent. A waiting automatic cycle goes after each manual run, so that neither kind starves the
 * other. Guarded by its lane.
 */
final class LaneQueue {
  private final Deque<AgentJob> urgent = new ArrayDeque<>();
  private final Deque<AgentJob> automatic = new ArrayDeque<>();
  private boolean lastWasUrgent;

  void add(AgentJob job) {
    if (job.isUrgent()) {
      urgent.addLast(job);
    } else if (automatic.stream().noneMatch(waiting -> waiting.join(job))) {
      automatic.addLast(job);
    }
  }

  boolean isEmpty() {
    return urgent.isEmpty() && automatic.isEmpty();
  }

  boolean hasUrgent() {
    return !urgent.isEmpty();
  }

  /** How many manual runs and plans wait for this agent. */
  long urgentOf(ManagedAgent agent) {
    return urgent.stream().filter(job -> job.agent() == agent).count();
  }

  /** The next manual run or plan, which goes between two tasks of a cycle. */
  @Nullable AgentJob nextUrgent() {
    return urgent.pollFirst();
  }

  /** The next for a free lane. */
  @Nullable AgentJob next() {
    boolean takeUrgent = automatic.isEmpty() || (!urgent.isEmpty() && !lastWasUrgent);
    lastWasUrgent = takeUrgent;
    return takeUrgent ? urgent.pollFirst() : automatic.pollFirst();
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
