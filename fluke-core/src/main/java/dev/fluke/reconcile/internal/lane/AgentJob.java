package dev.fluke.reconcile.internal.lane;

import dev.fluke.reconcile.internal.cycle.CycleRequest;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.Plan;
import dev.fluke.report.TaskReport;
import java.util.ArrayList;
import java.util.List;

/** What waits on a lane: one agent's part of one or more cycles, of a manual run, or of a plan. */
public final class AgentJob {
  private final ManagedAgent agent;
  private final CycleRequest request;
  private final List<PendingCycle<TaskReport, CycleReport>> cycles = new ArrayList<>();
  private final List<PendingCycle<PlannedTask, Plan>> plans = new ArrayList<>();

  private AgentJob(ManagedAgent agent, CycleRequest request) {
    this.agent = agent;
    this.request = request;
  }

  /** A job whose outcomes this cycle waits for. */
  public static AgentJob of(
      ManagedAgent agent, CycleRequest request, PendingCycle<TaskReport, CycleReport> cycle) {
    AgentJob job = new AgentJob(agent, request);
    job.cycles.add(cycle);
    return job;
  }

  /** A job that applies nothing, and whose answers this plan waits for. */
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

  /** Whether it waits as itself, before automatic cycles. */
  public boolean isUrgent() {
    return request.kind() != CycleRequest.Kind.AUTOMATIC;
  }

  /** Takes another cycle along that asks for the same; false if it can't. */
  public boolean join(AgentJob later) {
    if (isUrgent() || later.isUrgent() || agent != later.agent) {
      return false;
    }
    cycles.addAll(later.cycles);
    return true;
  }

  public void reported(List<TaskReport> reports) {
    cycles.forEach(cycle -> cycle.done(agent.name(), reports));
  }

  public void planned(List<PlannedTask> tasks) {
    plans.forEach(plan -> plan.done(agent.name(), tasks));
  }
}
