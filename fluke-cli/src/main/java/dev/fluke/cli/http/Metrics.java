package dev.fluke.cli.http;

import com.google.common.escape.Escaper;
import com.google.common.escape.Escapers;
import dev.fluke.cli.audit.AuditTrail;
import dev.fluke.report.FleetStatus;
import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.report.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The state of the fleet in the text format of Prometheus. */
final class Metrics {
  private static final Escaper LABEL =
      Escapers.builder()
          .addEscape('\\', "\\\\")
          .addEscape('"', "\\\"")
          .addEscape('\n', "\\n")
          .build();

  private final StringBuilder text = new StringBuilder();

  private Metrics() {}

  /** The metrics without those about the whole fleet. */
  static String ofAgents(FleetStatus status) {
    return about(status).text.toString();
  }

  private static Metrics about(FleetStatus status) {
    Metrics metrics = new Metrics();
    metrics.agents(status);
    metrics.tasks(status);
    metrics.sources(status);
    return metrics;
  }

  static String of(FleetStatus status) {
    Metrics metrics = about(status);
    metrics.alerts(status);
    metrics.events(status);
    return metrics.text.toString();
  }

  /** Whether the audit can be written; nothing if there is none. */
  static String of(Optional<AuditTrail.Health> audit) {
    Metrics metrics = new Metrics();
    audit.ifPresent(metrics::audit);
    return metrics.text.toString();
  }

  private void audit(AuditTrail.Health audit) {
    family("fluke_audit_up", "gauge", "1 if the audit can be written, else 0.");
    sample("fluke_audit_up", "", audit.error().isEmpty() ? 1 : 0);
  }

  private void events(FleetStatus status) {
    family(
        "fluke_events_dropped_total",
        "counter",
        "Events dropped because a subscriber was too slow.");
    sample("fluke_events_dropped_total", "", status.eventsDropped());
    family("fluke_event_store_pending", "gauge", "Events that wait for the event store.");
    sample("fluke_event_store_pending", "", status.eventStore().pending());
    family(
        "fluke_event_store_dropped_total",
        "counter",
        "Events dropped because the event store did not work for too long.");
    sample("fluke_event_store_dropped_total", "", status.eventStore().dropped());
  }

  private void agents(FleetStatus status) {
    Map<AgentState, Long> states = new TreeMap<>();
    for (AgentState state : AgentState.values()) {
      states.put(state, 0L);
    }
    status.agents().forEach(agent -> states.merge(agent.state(), 1L, Long::sum));
    family("fluke_agents", "gauge", "Agents by state.");
    states.forEach((state, count) -> sample("fluke_agents", label("state", state), count));
  }

  private void tasks(FleetStatus status) {
    Map<Outcome, Long> outcomes = new TreeMap<>();
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, 0L);
    }
    status.agents().stream()
        .flatMap(agent -> agent.tasks().stream())
        .forEach(task -> outcomes.merge(task.outcome(), 1L, Long::sum));
    family("fluke_tasks", "gauge", "Tasks on agents by their latest outcome.");
    outcomes.forEach((outcome, count) -> sample("fluke_tasks", label("outcome", outcome), count));
  }

  private void sources(FleetStatus status) {
    family("fluke_source_up", "gauge", "1 if the source has no error, else 0.");
    status
        .sources()
        .forEach(
            source ->
                sample(
                    "fluke_source_up",
                    label("source", source.name()),
                    source.lastError().isEmpty() ? 1 : 0));
    family("fluke_incidents", "gauge", "Open incidents.");
    sample("fluke_incidents", "", status.incidents().size());
  }

  private void alerts(FleetStatus status) {
    family("fluke_alerts_pending", "gauge", "Alerts that wait for delivery to the sink.");
    status
        .sinks()
        .forEach(
            sink -> sample("fluke_alerts_pending", label("sink", sink.name()), sink.pending()));
    family("fluke_alerts_delivered_total", "counter", "Alerts delivered to the sink.");
    status
        .sinks()
        .forEach(
            sink ->
                sample(
                    "fluke_alerts_delivered_total", label("sink", sink.name()), sink.delivered()));
  }

  private void family(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, String labels, long value) {
    text.append(name).append(labels).append(' ').append(value).append('\n');
  }

  private static String label(String name, Object value) {
    return "{%s=\"%s\"}".formatted(name, LABEL.escape(value.toString()));
  }
}
