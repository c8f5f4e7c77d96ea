package dev.fluke.cli.http;

import dev.fluke.event.Event;
import dev.fluke.executor.Difference;
import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.report.FleetStatus;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.report.FleetStatus.SourceStatus;
import dev.fluke.report.FleetStatus.TaskStatus;
import dev.fluke.report.Plan;
import dev.fluke.report.TaskReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the library tells, as JSON objects; what is not known is left out. */
final class Views {
  private Views() {}

  /** Names and values, in this order; an empty optional or text leaves its name out. */
  static Map<String, Object> object(Object... pairs) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      Object given = pairs[i + 1];
      Object value = given instanceof Optional<?> some ? some.orElse(null) : given;
      if (value != null && !"".equals(value)) {
        object.put(pairs[i].toString(), value);
      }
    }
    return object;
  }

  static Map<String, Object> status(FleetStatus status) {
    Map<String, Integer> states = new TreeMap<>();
    status.agents().forEach(agent -> states.merge(agent.state().name(), 1, Integer::sum));
    return object(
        "at", status.at(),
        "started", status.started(),
        "poll_interval", status.pollInterval().toSeconds() + "s",
        "default_policy", status.defaultPolicy(),
        "sources", status.sources().stream().map(Views::source).toList(),
        "agents", states,
        "warnings", status.warnings(),
        "incidents", status.incidents().stream().map(Views::incident).toList(),
        "sinks", status.sinks().stream().map(Views::sink).toList(),
        "events_dropped", status.eventsDropped());
  }

  private static Map<String, Object> source(SourceStatus source) {
    return object(
        "name", source.name(),
        "revision", source.revision(),
        "author", source.author(),
        "subject", source.subject(),
        "time", source.time(),
        "since", source.since(),
        "answered_at", source.answeredAt(),
        "last_error", source.lastError(),
        "errors", source.errors(),
        "next_try", source.nextTry());
  }

  private static Map<String, Object> incident(FleetStatus.IncidentStatus incident) {
    return object(
        "key", incident.key(),
        "about", incident.about(),
        "agent", incident.agent(),
        "task", incident.task(),
        "source", incident.source(),
        "since", incident.since());
  }

  private static Map<String, Object> sink(FleetStatus.SinkStatus sink) {
    return object(
        "name", sink.name(),
        "pending", sink.pending(),
        "delivered", sink.delivered(),
        "dropped", sink.dropped(),
        "last_error", sink.lastError(),
        "next_try", sink.nextTry());
  }

  static Map<String, Object> agent(AgentStatus agent) {
    return object(
        "name", agent.name(),
        "labels", new TreeMap<>(agent.labels()),
        "state", agent.state(),
        "reason", agent.reason(),
        "next_try", agent.nextTry(),
        "remarks", agent.remarks(),
        "tasks", agent.tasks().stream().map(task -> task(agent, task)).toList());
  }

  static Map<String, Object> task(AgentStatus agent, TaskStatus task) {
    return object(
        "agent", agent.name(),
        "task", task.task(),
        "outcome", task.outcome(),
        "cause", task.cause(),
        "since", task.since(),
        "last_in_sync_at", task.lastInSyncAt(),
        "held_until", task.heldUntil(),
        "failures", task.failures(),
        "reason", task.reason(),
        "revision", task.revision());
  }

  static Map<String, Object> declared(Task task) {
    return object(
        "name", task.name(),
        "description", task.description(),
        "selector", task.selector(),
        "policy", task.policy(),
        "steps", task.steps().stream().map(step -> step.name()).toList());
  }

  static Map<String, Object> event(Event event) {
    Map<String, Object> told =
        object("event", event.type(), "timestamp", event.time(), "sequence", event.sequence());
    told.putAll(event.fields());
    return told;
  }

  static Map<String, Object> report(CycleReport report) {
    return object(
        "cycle", report.cycle(),
        "trigger", report.trigger(),
        "actor", report.actor(),
        "reason", report.reason(),
        "started_at", report.startedAt(),
        "ended_at", report.endedAt(),
        "succeeded", report.succeeded(),
        "complete", report.isComplete(),
        "tasks", report.tasks().stream().map(Views::reported).toList(),
        "notes", report.notes());
  }

  private static Map<String, Object> reported(TaskReport task) {
    return object(
        "agent", task.agent(),
        "task", task.task(),
        "outcome", task.outcome(),
        "cause", task.cause(),
        "policy", task.policy(),
        "reason", task.reason(),
        "revision", task.revision(),
        "steps",
            task.steps().stream()
                .map(s -> step(s.step(), "outcome", s.outcome(), s.differences(), s.message()))
                .toList());
  }

  static Map<String, Object> plan(Plan plan) {
    return object(
        "in_sync", plan.isInSync(),
        "complete", plan.isComplete(),
        "tasks", plan.tasks().stream().map(Views::planned).toList(),
        "notes", plan.notes());
  }

  private static Map<String, Object> planned(Plan.PlannedTask task) {
    return object(
        "agent", task.agent(),
        "task", task.task(),
        "cause", task.cause(),
        "steps",
            task.steps().stream()
                .map(s -> step(s.step(), "verdict", s.verdict(), s.differences(), s.message()))
                .toList());
  }

  /** What is found of a step, and under this name what comes of it. */
  private static Map<String, Object> step(
      String name, String what, Enum<?> comes, List<Difference> differences, String message) {
    return object(
        "step",
        name,
        what,
        comes,
        "differences",
        differences.stream()
            .map(d -> object("what", d.what(), "expected", d.expected(), "found", d.found()))
            .toList(),
        "message",
        message);
  }
}
