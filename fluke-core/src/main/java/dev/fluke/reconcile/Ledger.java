package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Task;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.TaskReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Books outcomes: keeps them, tells what changed, and hands them to whoever waits. */
final class Ledger {
  private final Loop loop;

  Ledger(Loop loop) {
    this.loop = loop;
  }

  /** A walk is over: keeps and tells its outcomes, and hands them to whoever waits. */
  void walked(Job job, Walk walk, List<TaskReport> reports) {
    if (job.kind == Job.Kind.PLAN) {
      job.done(List.of(), walk.plan(), List.of());
      return;
    }
    boolean unreachable =
        reports.stream().anyMatch(report -> report.outcome() == Outcome.UNREACHABLE);
    if (!walk.tasks().isEmpty() && job.agent.isNewsThatUnreachable(unreachable)) {
      tellReachability(walk.agent(), unreachable, job.agent.link());
    }
    noteIncidents(job, walk, unreachable);
    for (int i = 0; i < reports.size(); i++) {
      TaskRun task = walk.tasks().get(i);
      loop.journal().ended(job, walk.agent(), reports.get(i), task);
      if (!job.agent.isRemoved()) {
        loop.incidents().ended(job, walk.agent(), reports.get(i), task);
      }
    }
    loop.timers().retryIfUnreachable(job.agent);
    job.done(reports, List.<PlannedTask>of(), List.of());
  }

  private void noteIncidents(Job job, Walk walk, boolean unreachable) {
    if (job.agent.isRemoved()) {
      return;
    }
    if (!walk.tasks().isEmpty()) {
      String why = job.agent.link().unreachableBecause();
      loop.incidents().looked(walk.agent(), unreachable, why == null ? "" : why);
    }
    if (job.scope.task().isEmpty()) {
      loop.incidents()
          .onlyTheseAreLeft(
              job.agent.name(),
              walk.tasks().stream().map(run -> run.task.name()).collect(Collectors.toSet()));
    }
  }

  private void tellReachability(Agent agent, boolean unreachable, Link link) {
    String why = link.unreachableBecause();
    loop.journal()
        .tell(
            unreachable ? "agent_unreachable" : "agent_unreachable_resolved",
            event -> {
              var told = Facts.ofAgent(event, agent);
              return unreachable && why != null ? told.with("message", why) : told;
            });
  }

  /** Ends a job that never got its walk. */
  void endUnwalked(Job job, Outcome outcome, String why) {
    List<TaskReport> reports = new ArrayList<>();
    Agent agent = job.agent.agent();
    for (Task task : loop.revision().manifest().tasks()) {
      if (job.scope.coversTask(task.name()) && task.selector().matches(agent)) {
        reports.add(
            TaskReport.of(
                agent.name(),
                task.name(),
                outcome,
                why,
                task.policy().orElse(loop.settings().defaultPolicy()),
                Optional.empty(),
                List.of(),
                loop.revision().id()));
      }
    }
    job.done(reports, List.of(), List.of());
  }
}
