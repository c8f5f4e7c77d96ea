package dev.fluke.cli.http;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Task;
import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.report.FleetStatus.TaskStatus;
import dev.fluke.report.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tasks of an agent that are not as declared or are unknown. */
final class Drift {
  private Drift() {}

  static Stream<Map<String, Object>> of(AgentStatus agent, List<Task> declared) {
    return Stream.concat(
        agent.tasks().stream().flatMap(task -> checked(agent, task)), unchecked(agent, declared));
  }

  private static Stream<Map<String, Object>> checked(AgentStatus agent, TaskStatus task) {
    if (!task.outcome().succeeded()) {
      return Stream.of(Views.task(agent, task));
    }
    return agent.state() == AgentState.STUCK
        ? Stream.of(unknown(agent, task.task(), agent.reason()))
        : Stream.empty();
  }

  private static Stream<Map<String, Object>> unchecked(AgentStatus agent, List<Task> declared) {
    Set<String> known = agent.tasks().stream().map(TaskStatus::task).collect(Collectors.toSet());
    Agent labelled = Agent.named(agent.name()).labels(agent.labels());
    return declared.stream()
        .filter(task -> !known.contains(task.name()) && task.selector().matches(labelled))
        .map(task -> unknown(agent, task.name(), "not checked yet"));
  }

  private static Map<String, Object> unknown(AgentStatus agent, String task, String why) {
    return JsonObject.of(
        "agent", agent.name(), "task", task, "outcome", Outcome.UNKNOWN, "reason", why);
  }
}
