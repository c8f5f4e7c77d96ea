package dev.fluke.report;

import static dev.fluke.report.JsonFields.object;

import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.report.FleetStatus.AgentSupplierStatus;
import dev.fluke.report.FleetStatus.EventStoreStatus;
import dev.fluke.report.FleetStatus.IncidentStatus;
import dev.fluke.report.FleetStatus.SinkStatus;
import dev.fluke.report.FleetStatus.SourceStatus;
import dev.fluke.report.FleetStatus.TaskStatus;
import dev.fluke.text.Json;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The status of a fleet as JSON; unknown values are omitted. */
final class StatusJson {
  private StatusJson() {}

  static String of(FleetStatus status) {
    return Json.write(
        object(
            "at", status.at(),
            "started", status.started(),
            "poll_interval", interval(status.pollInterval()),
            "default_policy", status.defaultPolicy(),
            "sources", status.sources().stream().map(StatusJson::source).toList(),
            "agents", status.agents().stream().map(StatusJson::agent).toList(),
            "warnings", status.warnings(),
            "agent_supplier", status.agentSupplier().map(StatusJson::agentSupplier),
            "incidents", status.incidents().stream().map(StatusJson::incident).toList(),
            "sinks", status.sinks().stream().map(StatusJson::sink).toList(),
            "events_dropped", status.eventsDropped(),
            "event_store", eventStore(status.eventStore())));
  }

  private static String interval(Duration time) {
    boolean whole = time.toMillis() % 1000 == 0;
    return whole ? time.toSeconds() + "s" : time.toMillis() + "ms";
  }

  private static Map<String, Object> agentSupplier(AgentSupplierStatus supplier) {
    return object("answered_at", supplier.answeredAt(), "last_error", supplier.lastError());
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

  private static Map<String, Object> agent(AgentStatus agent) {
    return object(
        "name", agent.name(),
        "labels", new TreeMap<>(agent.labels()),
        "state", agent.state(),
        "reason", agent.reason(),
        "next_try", agent.nextTry(),
        "capabilities", agent.capabilities(),
        "remarks", agent.remarks(),
        "tasks", agent.tasks().stream().map(StatusJson::task).toList());
  }

  private static Map<String, Object> task(TaskStatus task) {
    return object(
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

  private static Map<String, Object> incident(IncidentStatus incident) {
    return object(
        "key", incident.key(),
        "about", incident.about(),
        "agent", incident.agent(),
        "task", incident.task(),
        "source", incident.source(),
        "since", incident.since());
  }

  private static Map<String, Object> sink(SinkStatus sink) {
    return object(
        "name", sink.name(),
        "pending", sink.pending(),
        "delivered", sink.delivered(),
        "dropped", sink.dropped(),
        "last_error", sink.lastError(),
        "next_try", sink.nextTry());
  }

  private static Map<String, Object> eventStore(EventStoreStatus store) {
    return object(
        "pending", store.pending(),
        "written", store.written(),
        "dropped", store.dropped(),
        "last_error", store.lastError(),
        "next_try", store.nextTry());
  }
}
