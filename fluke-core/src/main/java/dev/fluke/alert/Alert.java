package dev.fluke.alert;

import static java.util.Objects.requireNonNull;

import dev.fluke.event.Event;
import dev.fluke.text.Json;
import dev.fluke.text.Printable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@link AlertSink} is given: that an incident was opened, goes on, or is over. Immutable.
 *
 * <p>All alerts of one incident have the same {@link #key}, also after a restart, so that a
 * receiver can tell what belongs together; each alert has an {@link #id} of its own, the same with
 * each try, so that a receiver can tell what came twice.
 */
public final class Alert {
  /** All that {@link #event} can be; new ones may come with any release. */
  public static final List<String> EVENTS =
      List.of(
          "drift_detected",
          "drift_remediated",
          "drift_resolved",
          "drift_reminder",
          "remediation_failed",
          "remediation_failed_resolved",
          "agent_unreachable",
          "agent_unreachable_resolved",
          "check_unknown",
          "check_unknown_resolved",
          "source_broken",
          "source_broken_resolved");

  private final Event event;
  private final String id;
  private final String key;
  private final boolean closing;
  private final Instant triedAt;

  private Alert(Event event, String id, String key, boolean closing, Instant triedAt) {
    this.event = event;
    this.id = id;
    this.key = key;
    this.closing = closing;
    this.triedAt = triedAt;
  }

  /**
   * An alert. Made by the reconciler, and by tests of sinks.
   *
   * @param event what is told; its type is one of {@link #EVENTS}
   * @param id tells it from all other alerts
   * @param key what the alerts of its incident have in common
   * @param closing whether the incident is over with it
   */
  public static Alert of(Event event, String id, String key, boolean closing) {
    return new Alert(
        event, requireNonNull(id, "id"), requireNonNull(key, "key"), closing, event.time());
  }

  /** The same, tried at this time. Made by the reconciler. */
  public Alert triedAt(Instant now) {
    return new Alert(event, id, key, closing, requireNonNull(now, "now"));
  }

  /** The same with each try. */
  public String id() {
    return id;
  }

  /** The same for all alerts of one incident. */
  public String key() {
    return key;
  }

  /** What happened: one of {@link #EVENTS}. */
  public String event() {
    return event.type();
  }

  /** When it happened, by the wall clock. */
  public Instant time() {
    return event.time();
  }

  /** When this try to send it is made, by the wall clock. */
  public Instant triedAt() {
    return triedAt;
  }

  /** Whether its incident is over with it. */
  public boolean isClosing() {
    return closing;
  }

  /** The name of the agent, if it is about one. */
  public Optional<String> agent() {
    return event.agent();
  }

  /** The labels of the agent; empty if it is about none. */
  public Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    if (event.fields().get("agent") instanceof Map<?, ?> agent
        && agent.get("labels") instanceof Map<?, ?> all) {
      all.forEach((name, value) -> labels.put(name.toString(), value.toString()));
    }
    return labels;
  }

  /** The name of the task, if it is about one. */
  public Optional<String> task() {
    return event.task();
  }

  /** A field's text, if it has one of this name, such as {@code message}. */
  public Optional<String> field(String name) {
    return event.field(name);
  }

  /** What happened, in one line for people: printable, and at most 2 KiB long. */
  public String summary() {
    StringBuilder text = new StringBuilder(event().replace('_', ' '));
    task().ifPresent(task -> text.append(": ").append(task));
    agent().ifPresent(agent -> text.append(task().isPresent() ? " on " : ": ").append(agent));
    field("source").ifPresent(source -> text.append(": ").append(source));
    field("outcome").ifPresent(outcome -> text.append(", ").append(outcome));
    field("message")
        .or(() -> field("errors"))
        .ifPresent(why -> text.append(" (").append(why).append(')'));
    return Truncation.text(Printable.of(text.toString()));
  }

  /**
   * One JSON object on one line; each text in it is at most 2 KiB long, and its control characters
   * are escaped.
   */
  public String toJson() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("event", event());
    all.put("timestamp", time().truncatedTo(ChronoUnit.MILLIS).toString());
    all.putAll(event.fields());
    all.put("incident", closing ? "closed" : "open");
    all.put("key", key);
    all.put("id", id);
    return Json.write(Truncation.value(all));
  }

  /** Its JSON. */
  @Override
  public String toString() {
    return toJson();
  }
}
