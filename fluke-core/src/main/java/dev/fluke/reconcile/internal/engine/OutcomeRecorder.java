package dev.fluke.reconcile.internal.engine;

import dev.fluke.agent.Agent;
import dev.fluke.event.EventTypes;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.cycle.AgentCycle;
import dev.fluke.reconcile.internal.cycle.CycleRequest;
import dev.fluke.reconcile.internal.incident.IncidentTracker;
import dev.fluke.reconcile.internal.lane.AgentJob;
import dev.fluke.reconcile.internal.lane.LaneContext;
import dev.fluke.reconcile.internal.lane.ManagedAgent;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.reconcile.internal.record.EventFields;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.reconcile.internal.record.KeptOutputs;
import dev.fluke.reconcile.internal.record.Observers;
import dev.fluke.report.ApplyOutput;
import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.report.CycleObserver.CheckedStep;
import dev.fluke.report.EndedTask;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan.PlannedStep;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.Plan.Verdict;
import dev.fluke.report.TaskReport;
import dev.fluke.source.Revision;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Passes on how jobs ended: to events, to incidents and to the cycles that wait for them. */
final class OutcomeRecorder implements LaneContext.Listener {
  private final EventRecorder recorder;
  private final IncidentTracker incidents;
  private final Observers observers;
  private final KeptOutputs outputs = new KeptOutputs();
  private final Supplier<Revision> revision;
  private final BiPredicate<Task, Agent> isFor;
  private final DeclaredTasks declared;
  private final DriftPolicy defaultPolicy;
  private final Consumer<ManagedAgent> afterwards;

  /**
   * Records into these.
   *
   * @param revision the revision in force now
   * @param isFor whether a task is for an agent
   * @param afterwards is called once an agent's part of a cycle was recorded
   */
  OutcomeRecorder(
      EventRecorder recorder,
      IncidentTracker incidents,
      Observers observers,
      Supplier<Revision> revision,
      BiPredicate<Task, Agent> isFor,
      DriftPolicy defaultPolicy,
      Consumer<ManagedAgent> afterwards) {
    this.recorder = recorder;
    this.incidents = incidents;
    this.observers = observers;
    this.revision = revision;
    this.isFor = isFor;
    this.declared = new DeclaredTasks(revision, isFor);
    this.defaultPolicy = defaultPolicy;
    this.afterwards = afterwards;
  }

  @Override
  public void applying(AgentJob job, EndedTask found, TaskState state) {
    recorder.applying(found, state);
    whileDeclared(job.agent(), found.report().task(), () -> incidents.applying(found));
  }

  @Override
  public void checked(CheckedStep step) {
    observers.checked(step);
  }

  @Override
  public void applied(AppliedStep step) {
    observers.applied(step);
  }

  @Override
  public void applyFailed(ApplyOutput output) {
    outputs.add(output);
  }

  /** What failed applies printed. */
  KeptOutputs outputs() {
    return outputs;
  }

  @Override
  public void taskEnded(AgentJob job, EndedTask task, TaskState state) {
    if (job.isFirstEndOf(task.report().task())) {
      recorder.ended(task, state);
      whileDeclared(job.agent(), task.report().task(), () -> incidents.ended(task));
      observers.ended(task);
    }
  }

  @Override
  public void ended(AgentJob job, AgentCycle cycle, List<AgentCycle.Result> results) {
    if (job.request().isPlan()) {
      job.planned(cycle.plan());
      return;
    }
    ManagedAgent agent = job.agent();
    boolean unreachable =
        results.stream()
            .anyMatch(result -> result.task().report().outcome() == Outcome.UNREACHABLE);
    if (unreachable || cycle.isAnswered()) {
      recordReachability(agent, cycle.agent(), unreachable);
    }
    incidents.unless(agent::isRemoved, () -> closeOrphans(agent));
    results.forEach(result -> taskEnded(job, result.task(), result.state()));
    afterwards.accept(agent);
    job.reported(results.stream().map(result -> result.task().report()).toList());
  }

  /** Not called for a cycle that ended before its host answered or turned out unreachable. */
  private void recordReachability(ManagedAgent managed, Agent agent, boolean unreachable) {
    if (managed.isNewsThatUnreachable(unreachable)) {
      publishReachability(managed, agent, unreachable);
    }
    String known = managed.connection().unreachableBecause();
    String why = known == null ? "" : known;
    whileDeclared(
        managed,
        "",
        () -> {
          if (unreachable) {
            incidents.unreachable(agent, why);
          } else {
            incidents.reached(agent);
          }
        });
  }

  private void publishReachability(ManagedAgent managed, Agent agent, boolean unreachable) {
    String why = managed.connection().unreachableBecause();
    recorder.publish(
        unreachable ? EventTypes.AGENT_UNREACHABLE : EventTypes.AGENT_UNREACHABLE_RESOLVED,
        event -> {
          var described = EventFields.ofAgent(event, agent);
          return unreachable && why != null ? described.with("message", why) : described;
        });
  }

  /**
   * Runs this unless the agent or the task is gone. The revision in force may be newer than the
   * cycle's.
   */
  private void whileDeclared(ManagedAgent agent, String task, Runnable work) {
    incidents.unless(() -> agent.isRemoved() || !declared.declare(task, agent.agent()), work);
  }

  /** Closes the incidents of this agent whose task is not declared for it any more. */
  void closeOrphans(ManagedAgent agent) {
    incidents.closeOrphans(agent.name(), task -> declared.declare(task, agent.agent()));
  }

  @Override
  public void stuck(ManagedAgent agent, String call) {
    incidents.unless(agent::isRemoved, () -> incidents.agentStuck(agent.agent(), call));
  }

  @Override
  public void freed(ManagedAgent agent) {
    incidents.unless(agent::isRemoved, () -> incidents.agentFreed(agent.agent()));
  }

  @Override
  public void endedUnwalked(AgentJob job, Outcome outcome, String why) {
    Agent agent = job.agent().agent();
    Revision now = revision.get();
    List<Task> tasks =
        now.manifest().tasks().stream()
            .filter(task -> job.request().scope().coversTask(task.name()))
            .filter(task -> isFor.test(task, agent))
            .toList();
    if (job.request().isPlan()) {
      job.planned(tasks.stream().map(task -> unknown(agent, task, why)).toList());
    } else {
      List<TaskReport> reports =
          tasks.stream()
              .map(task -> unwalked(agent, task, now.id(), outcome, why))
              .map(report -> report.in(job.request().id()))
              .toList();
      reports.forEach(report -> endedUnwalked(job, agent, report));
      job.reported(reports);
    }
  }

  /** Neither an event nor an incident: nothing is known of the host. */
  private void endedUnwalked(AgentJob job, Agent agent, TaskReport report) {
    if (job.isFirstEndOf(report.task())) {
      CycleRequest request = job.request();
      observers.ended(new EndedTask(agent, report, false, "", request.cycle(), request.asked()));
    }
  }

  private TaskReport unwalked(
      Agent agent, Task task, String revisionId, Outcome outcome, String why) {
    DriftPolicy policy = task.policy().orElse(defaultPolicy);
    return TaskReport.of(
        agent.name(),
        new TaskReport.Declared(task.name(), policy, revisionId),
        new TaskReport.End(outcome, why, Optional.empty()),
        List.of());
  }

  private static PlannedTask unknown(Agent agent, Task task, String why) {
    return new PlannedTask(
        agent.name(),
        task.name(),
        Optional.empty(),
        task.steps().stream()
            .map(step -> new PlannedStep(step.name(), Verdict.UNKNOWN, List.of(), why))
            .toList());
  }
}
