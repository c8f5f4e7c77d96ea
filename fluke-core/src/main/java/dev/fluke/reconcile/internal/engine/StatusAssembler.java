package dev.fluke.reconcile.internal.engine;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.internal.connection.AgentConnection;
import dev.fluke.reconcile.internal.fleet.Fleet;
import dev.fluke.reconcile.internal.lane.ManagedAgent;
import dev.fluke.reconcile.internal.memory.Declarations;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.report.FleetStatus.TaskStatus;
import dev.fluke.report.TaskReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Assembles the status of agents: of the tasks that are for them now. */
final class StatusAssembler {
  private final Manifest manifest;
  private final Declarations declarations;

  /** Lists the tasks of this manifest only. */
  StatusAssembler(Manifest manifest, Declarations declarations) {
    this.manifest = manifest;
    this.declarations = declarations;
  }

  List<AgentStatus> of(Fleet fleet) {
    return fleet.members().stream().map(this::of).toList();
  }

  private AgentStatus of(Fleet.Member member) {
    ManagedAgent managed = member.agent();
    AgentConnection connection = managed.connection();
    @Nullable String stuck = member.lane().stuckIn();
    @Nullable String unreachable = connection.unreachableBecause();
    AgentState state = AgentState.REACHABLE;
    String reason = "";
    if (stuck != null) {
      state = AgentState.STUCK;
      reason = stuck + " ignores its interrupt";
    } else if (unreachable != null) {
      state = AgentState.UNREACHABLE;
      reason = unreachable;
    } else if (!managed.wasChecked()) {
      state = AgentState.NEW;
    }
    List<TaskStatus> tasks = new ArrayList<>();
    Agent agent = managed.agent();
    for (Map.Entry<String, TaskState> entry : managed.states().present().entrySet()) {
      TaskReport last = entry.getValue().lastReport();
      if (last != null && isFor(last.task(), agent)) {
        tasks.add(task(entry.getValue(), last));
      }
    }
    return new AgentStatus(
        managed.name(),
        agent.labels(),
        state,
        reason,
        Optional.ofNullable(connection.retryAt()),
        connection.capabilities(),
        connection.remarks(),
        tasks);
  }

  private boolean isFor(String name, Agent agent) {
    return manifest.task(name).filter(task -> declarations.isFor(task, agent)).isPresent();
  }

  private static TaskStatus task(TaskState state, TaskReport last) {
    return new TaskStatus(
        last.task(),
        last.outcome(),
        last.reason(),
        last.cause(),
        state.since(),
        Optional.ofNullable(state.lastInSyncAt()),
        Optional.ofNullable(state.heldUntil()),
        state.failures(),
        last.revision(),
        state.remark(),
        state.failedRun());
  }
}
