package dev.fluke.cli.http;

import dev.fluke.cli.audit.AuditTrail;
import dev.fluke.event.Event;
import dev.fluke.manifest.Task;
import dev.fluke.report.ApplyOutput;
import dev.fluke.report.FleetStatus;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.report.FleetStatus.SourceStatus;
import dev.fluke.report.FleetStatus.TaskStatus;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Status, tasks and events as JSON objects; unknown values are omitted. */
final class Views {
  private static final Set<String> OF_THE_FLEET =
      Set.of("warnings", "agent_supplier", "sinks", "events_dropped", "event_store");

  private Views() {}

  /** The status without what is about the whole fleet. */
  static Map<String, Object> statusOfAgents(FleetStatus status) {
    Map<String, Object> view = status(status, Optional.empty());
    view.keySet().removeAll(OF_THE_FLEET);
    return view;
  }

  static Map<String, Object> status(FleetStatus status, Optional<AuditTrail.Health> audit) {
    Map<String, Integer> states = new TreeMap<>();
    status.agents().forEach(agent -> states.merge(agent.state().name(), 1, Integer::sum));
    return JsonObject.of(
        "at", status.at(),
        "started", status.started(),
        "poll_interval", status.pollInterval().toSeconds() + "s",
        "default_policy", status.defaultPolicy(),
        "sources", status.sources().stream().map(Views::source).toList(),
        "agents", states,
        "warnings", status.warnings(),
        "agent_supplier", status.agentSupplier().map(Views::supplier),
        "incidents", status.incidents().stream().map(Views::incident).toList(),
        "sinks", status.sinks().stream().map(Views::sink).toList(),
        "events_dropped", status.eventsDropped(),
        "event_store", eventStore(status.eventStore()),
        "audit", audit.map(Views::audit));
  }

  private static Map<String, Object> audit(AuditTrail.Health audit) {
    return JsonObject.of(
        "file", audit.file(), "last_error", audit.error(), "failing_since", audit.since());
  }

  private static Map<String, Object> supplier(FleetStatus.AgentSupplierStatus supplier) {
    return JsonObject.of("answered_at", supplier.answeredAt(), "last_error", supplier.lastError());
  }

  private static Map<String, Object> source(SourceStatus source) {
    return JsonObject.of(
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
    return JsonObject.of(
        "key", incident.key(),
        "about", incident.about(),
        "agent", incident.agent(),
        "task", incident.task(),
        "source", incident.source(),
        "since", incident.since());
  }

  private static Map<String, Object> sink(FleetStatus.SinkStatus sink) {
    return JsonObject.of(
        "name", sink.name(),
        "pending", sink.pending(),
        "delivered", sink.delivered(),
        "dropped", sink.dropped(),
        "last_error", sink.lastError(),
        "next_try", sink.nextTry());
  }

  private static Map<String, Object> eventStore(FleetStatus.EventStoreStatus store) {
    return JsonObject.of(
        "pending", store.pending(),
        "written", store.written(),
        "dropped", store.dropped(),
        "last_error", store.lastError(),
        "next_try", store.nextTry());
  }

  static Map<String, Object> agent(AgentStatus agent) {
    return JsonObject.of(
        "name", agent.name(),
        "labels", new TreeMap<>(agent.labels()),
        "state", agent.state(),
        "reason", agent.reason(),
        "next_try", agent.nextTry(),
        "remarks", agent.remarks(),
        "tasks", agent.tasks().stream().map(task -> task(agent, task)).toList());
  }

  static Map<String, Object> task(AgentStatus agent, TaskStatus task) {
    return JsonObject.of(
        "agent", agent.name(),
        "task", task.task(),
        "outcome", task.outcome(),
        "cause", task.cause(),
        "since", task.since(),
        "last_in_sync_at", task.lastInSyncAt(),
        "held_until", task.heldUntil(),
        "failures", task.failures(),
        "reason", task.reason(),
        "revision", task.revision(),
        "remark", task.remark(),
        "failed_run", task.failedRun());
  }

  static Map<String, Object> output(ApplyOutput output) {
    return JsonObject.of(
        "run", output.run(),
        "agent", output.agent(),
        "task", output.task(),
        "step", output.step(),
        "outcome", output.outcome(),
        "message", output.message(),
        "ended_at", output.endedAt(),
        "stdout", output.stdout(),
        "stderr", output.stderr());
  }

  static Map<String, Object> declared(Task task) {
    return JsonObject.of(
        "name", task.name(),
        "description", task.description(),
        "selector", task.selector(),
        "policy", task.policy(),
        "steps", task.steps().stream().map(step -> step.name()).toList());
  }

  static Map<String, Object> event(Event event) {
    Map<String, Object> view =
        JsonObject.of(
            "event", event.type(),
            "timestamp", event.time(),
            "sequence", event.sequence(),
            "cursor", event.cursor());
    view.putAll(event.fields());
    return view;
  }
}
