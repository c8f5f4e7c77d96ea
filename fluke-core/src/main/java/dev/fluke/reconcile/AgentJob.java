package dev.fluke.reconcile;

import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.TaskReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits on a lane: one agent's part of one or more cycles, of a manual run, or of a plan. */
final class AgentJob {
  /** What kind of work it is. */
  enum Kind {
    AUTOMATIC,
    MANUAL,
    PLAN
  }

  final ManagedAgent agent;
  final Kind kind;
  final @Nullable ManualRun run;
  final Scope scope;
  private final List<PendingCycle> cycles = new ArrayList<>();

  AgentJob(
      ManagedAgent agent, Kind kind, Scope scope, @Nullable ManualRun run, PendingCycle cycle) {
    this.agent = agent;
    this.kind = kind;
    this.scope = scope;
    this.run = run;
    cycles.add(cycle);
  }

  /** Takes another cycle along that asks for the same; false if it can't. */
  boolean join(AgentJob later) {
    if (kind != Kind.AUTOMATIC || later.kind != Kind.AUTOMATIC || agent != later.agent) {
      return false;
    }
    cycles.addAll(later.cycles);
    return true;
  }

  boolean isForced() {
    return run != null && run.isForced();
  }

  /** Automatic guards, such as the back-off, hold it. */
  boolean isGuarded() {
    return kind == Kind.AUTOMATIC;
  }

  long cycle() {
    return cycles.get(0).number();
  }

  void done(List<TaskReport> reports, List<PlannedTask> planned, List<String> notes) {
    cycles.forEach(cycle -> cycle.agentDone(agent.name(), reports, planned, notes));
  }
}
