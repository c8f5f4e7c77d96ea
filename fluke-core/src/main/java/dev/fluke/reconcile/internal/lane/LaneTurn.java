package dev.fluke.reconcile.internal.lane;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.internal.cycle.Turn;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.report.CycleObserver.CheckedStep;
import dev.fluke.report.EndedTask;

/** The turn of one job on its lane. */
final class LaneTurn implements Turn {
  private final AgentJob job;
  private final LaneContext context;
  private final Runnable throwIfAbandoned;
  private final Runnable yieldToManualRuns;

  LaneTurn(
      AgentJob job, LaneContext context, Runnable throwIfAbandoned, Runnable yieldToManualRuns) {
    this.job = job;
    this.context = context;
    this.throwIfAbandoned = throwIfAbandoned;
    this.yieldToManualRuns = yieldToManualRuns;
  }

  @Override
  public Agent agent() {
    return job.agent().agent();
  }

  @Override
  public TaskState state(String task, boolean taskIsNew) {
    return job.agent().state(task, taskIsNew);
  }

  @Override
  public void checked() {
    job.agent().checked();
  }

  @Override
  public void yieldToManualRuns() {
    if (!job.isUrgent()) {
      yieldToManualRuns.run();
    }
  }

  @Override
  public String whyCancelled() {
    return context.whyCancelled(job.agent());
  }

  @Override
  public void throwIfAbandoned() {
    throwIfAbandoned.run();
  }

  @Override
  public void applying(EndedTask found, TaskState state) {
    context.listener().applying(job, found, state);
  }

  @Override
  public void stepChecked(CheckedStep step) {
    context.listener().checked(step);
  }

  @Override
  public void stepApplied(AppliedStep step) {
    context.listener().applied(step);
  }

  @Override
  public void taskEnded(EndedTask task, TaskState state) {
    context.listener().taskEnded(job, task, state);
  }
}
