package dev.fluke.reconcile;

import dev.fluke.report.FleetStatus;
import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.report.FleetStatus.TaskStatus;
import dev.fluke.report.TaskReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the loop stands, as one snapshot. */
final class StatusAssembler {
  private StatusAssembler() {}

  static FleetStatus of(Engine loop) {
    LoopSettings settings = loop.settings();
    return new FleetStatus(
        settings.scheduler().now(),
        loop.timers().isRunning(),
        settings.pollInterval(),
        settings.defaultPolicy(),
        loop.sources().status(),
        loop.fleet().all().stream().map(StatusAssembler::agent).toList(),
        loop.warnings(),
        loop.journal().dropped(),
        loop.incidents().status(),
        loop.alerts().status());
  }

  private static AgentStatus agent(ManagedAgent managed) {
    AgentConnection link = managed.link();
    @Nullable String stuck = managed.lane().stuckIn();
    @Nullable String unreachable = link.unreachableBecause();
    AgentState state = AgentState.REACHABLE;
    String reason = "";
    if (stuck != null) {
      state = AgentState.STUCK;
      reason = stuck + " ignores its interrupt";
    } else if (unreachable != null) {
      state = AgentState.UNREACHABLE;
      reason = unreachable;
    } else if (!managed.wasAsked()) {
      state = AgentState.NEW;
    }
    List<TaskStatus> tasks = new ArrayList<>();
    for (Map.Entry<String, TaskState> entry : managed.memories().entrySet()) {
      TaskReport last = entry.getValue().lastReport();
      if (last != null) {
        tasks.add(task(entry.getValue(), last));
      }
    }
    return new AgentStatus(
        managed.name(),
        managed.agent().labels(),
        state,
        reason,
        Optional.ofNullable(link.retryAt()),
        link.capabilities(),
        link.remarks(),
        tasks);
  }

  private static TaskStatus task(TaskState memory, TaskReport last) {
    return new TaskStatus(
        last.task(),
        last.outcome(),
        last.reason(),
        last.cause(),
        memory.since(),
        Optional.ofNullable(memory.lastInSyncAt()),
        Optional.ofNullable(memory.heldUntil()),
        memory.failures(),
        last.revision());
  }
}
