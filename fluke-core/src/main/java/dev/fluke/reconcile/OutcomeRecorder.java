package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.event.EventTypes;
import dev.fluke.manifest.Task;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.TaskReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Books outcomes: keeps them, tells what changed, and hands them to whoever waits. */
final class OutcomeRecorder {
  private final Engine loop;

  OutcomeRecorder(Engine loop) {
    this.loop = loop;
  }

  /** A walk is over: keeps and tells its outcomes, and hands them to whoever waits. */
  void walked(AgentJob job, AgentCycle walk, List<TaskReport> reports) {
    if (job.kind == AgentJob.Kind.PLAN) {
      job.done(List.of(), walk.plan(), List.of());
      return;
    }
    boolean unreachable =
        reports.stream().anyMatch(report -> report.outcome() == Outcome.UNREACHABLE);
    if (unreachable || walk.tasks().stream().anyMatch(TaskRun::isAnswered)) {
      looked(job, walk.agent(), unreachable);
    }
    loop.incidents().closeOrphans(job, task -> isLeft(task, job.agent.agent()));
    for (int i = 0; i < reports.size(); i++) {
      TaskRun task = walk.tasks().get(i);
      loop.journal().ended(job, walk.agent(), reports.get(i), task);
      loop.incidents().ended(job, walk.agent(), reports.get(i), task);
    }
    loop.timers().retryIfUnreachable(job.agent);
    job.done(reports, List.<PlannedTask>of(), List.of());
  }

  /** The host answered, or was out of reach; a walk that was cut short before that says neither. */
  private void looked(AgentJob job, Agent agent, boolean unreachable) {
    AgentConnection link = job.agent.link();
    if (job.agent.isNewsThatUnreachable(unreachable)) {
      tellReachability(agent, unreachable, link);
    }
    String why = link.unreachableBecause();
    loop.incidents().looked(job, agent, unreachable, why == null ? "" : why);
  }

  /** By the revision in force, which may be newer than that of the walk. */
  private boolean isLeft(String name, Agent agent) {
    return loop.revision().manifest().tasks().stream()
        .filter(task -> name.isEmpty() || task.name().equals(name))
        .anyMatch(task -> task.selector().matches(agent));
  }

  private void tellReachability(Agent agent, boolean unreachable, AgentConnection link) {
    String why = link.unreachableBecause();
    loop.journal()
        .tell(
            unreachable ? EventTypes.AGENT_UNREACHABLE : EventTypes.AGENT_UNREACHABLE_RESOLVED,
            event -> {
              var told = EventFields.ofAgent(event, agent);
              return unreachable && why != null ? told.with("message", why) : told;
            });
  }

  /** Ends a job that never got its walk. */
  void endUnwalked(AgentJob job, Outcome outcome, String why) {
    List<TaskReport> reports = new ArrayList<>();
    List<PlannedTask> planned = new ArrayList<>();
    Agent agent = job.agent.agent();
    for (Task task : loop.revision().manifest().tasks()) {
      if (job.scope.coversTask(task.name()) && task.selector().matches(agent)) {
        reports.add(
            TaskReport.of(
                agent.name(),
                new TaskReport.Declared(
                    task.name(),
                    task.policy().orElse(loop.settings().defaultPolicy()),
                    loop.revision().id()),
                new TaskReport.End(outcome, why, Optional.empty()),
                List.of()));
        planned.add(PlanAssembler.unknown(agent.name(), task, why));
      }
    }
    job.done(reports, planned, List.of());
  }
}
