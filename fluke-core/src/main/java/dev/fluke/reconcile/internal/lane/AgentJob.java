package dev.fluke.reconcile.internal.lane;

import dev.fluke.reconcile.internal.cycle.CycleRequest;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Plan;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.TaskReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A unit of work on a lane: one agent's part of automatic cycles, of a manual run or of a plan. */
public final class AgentJob {
  private final ManagedAgent agent;
  private final CycleRequest request;
  private final List<PendingCycle<TaskReport, CycleReport>> cycles = new ArrayList<>();
  private final List<PendingCycle<PlannedTask, Plan>> plans = new ArrayList<>();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();

  private AgentJob(ManagedAgent agent, CycleRequest request) {
    this.agent = agent;
    this.request = request;
  }

  /** A job that hands its reports to this cycle. */
  public static AgentJob of(
      ManagedAgent agent, CycleRequest request, PendingCycle<TaskReport, CycleReport> cycle) {
    AgentJob job = new AgentJob(agent, request);
    job.cycles.add(cycle);
    return job;
  }

  /** A job that applies nothing and hands its planned tasks to this plan. */
  public static AgentJob planning(
      ManagedAgent agent, CycleRequest request, PendingCycle<PlannedTask, Plan> plan) {
    AgentJob job = new AgentJob(agent, request);
    job.plans.add(plan);
    return job;
  }

  public ManagedAgent agent() {
    return agent;
  }

  public CycleRequest request() {
    return request;
  }

  /** Whether it goes before automatic cycles and never folds into another job. */
  public boolean isUrgent() {
    return request.kind() != CycleRequest.Kind.AUTOMATIC;
  }

  /**
   * Takes over the cycles of a later automatic job for the same agent; false if they can't fold.
   */
  public boolean join(AgentJob later) {
    if (isUrgent() || later.isUrgent() || agent != later.agent) {
      return false;
    }
    cycles.addAll(later.cycles);
    return true;
  }

  /** It leaves its queue: a manual run or plan waits no longer. */
  void begins() {
    cycles.forEach(PendingCycle::begins);
    plans.forEach(PendingCycle::begins);
  }

  /** Notes that this task ended; true for its first end only. */
  public boolean isFirstEndOf(String task) {
    return ended.add(task);
  }

  public void reported(List<TaskReport> reports) {
    cycles.forEach(cycle -> cycle.done(agent.name(), reports));
  }

  public void planned(List<PlannedTask> tasks) {
    plans.forEach(plan -> plan.done(agent.name(), tasks));
  }
}
