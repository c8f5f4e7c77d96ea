package dev.fluke.reconcile.internal.lane;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.internal.connection.AgentConnection;
import dev.fluke.reconcile.internal.cycle.Turn;
import dev.fluke.reconcile.internal.cycle.Turn.Standing;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.ApplyOutput;
import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.report.CycleObserver.CheckedStep;
import dev.fluke.report.EndedTask;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** The turn of one job on its lane. */
final class LaneTurn implements Turn {
  private final AgentJob job;
  private final LaneContext context;
  private final AgentConnection connection;
  private final BooleanSupplier ended;
  private final BooleanSupplier othersWait;

  /**
   * A turn that begins.
   *
   * @param connection how the agent is reached as the turn begins
   * @param ended whether the job has ended
   * @param othersWait whether a manual run or a plan waits on the lane
   */
  LaneTurn(
      AgentJob job,
      LaneContext context,
      AgentConnection connection,
      BooleanSupplier ended,
      BooleanSupplier othersWait) {
    this.job = job;
    this.context = context;
    this.connection = connection;
    this.ended = ended;
    this.othersWait = othersWait;
  }

  @Override
  public Agent agent() {
    return job.agent().agent();
  }

  @Override
  public Standing standing() {
    if (ended.getAsBoolean()) {
      return Standing.ABANDONED;
    }
    Standing standing = context.standing(job.agent());
    if (standing == Standing.GOOD && job.agent().connection() != connection) {
      return Standing.CHANGED;
    }
    boolean covered = job.request().scope().coversAgent(agent());
    return standing == Standing.GOOD && !covered ? Standing.OUT_OF_SCOPE : standing;
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
  public boolean wantsToYield() {
    return !job.isUrgent() && othersWait.getAsBoolean();
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
  public void applyFailed(AppliedStep step, String stdout, String stderr) {
    String run = job.request().id();
    Instant now = context.scheduler().now();
    context.listener().applyFailed(ApplyOutput.of(run, agent(), step, now, stdout, stderr));
  }

  @Override
  public void taskEnded(EndedTask task, TaskState state) {
    context.listener().taskEnded(job, task, state);
  }
}
