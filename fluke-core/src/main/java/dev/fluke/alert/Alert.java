package dev.fluke.alert;

import static java.util.Objects.requireNonNull;

import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.text.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The news of an incident that an {@link AlertSink} sends: it opened, it goes on, or it is over.
 *
 * <p>All alerts of one incident have the same {@link #key}, also after a restart; group by it. Each
 * alert has an {@link #id} of its own, which stays the same at each try; drop duplicates by it.
 *
 * <p>{@link #toJson} writes all of it as JSON. Serializers that look for getters or fields, such as
 * Jackson and Gson, leave out parts or fail.
 *
 * <p>Immutable, so safe for use by any thread.
 */
public final class Alert {
  /** All values of {@link #event}. A release may add some. */
  public static final List<String> EVENTS =
      List.of(
          EventTypes.DRIFT_DETECTED,
          EventTypes.DRIFT_REMEDIATED,
          EventTypes.DRIFT_RESOLVED,
          EventTypes.DRIFT_REMINDER,
          EventTypes.REMEDIATION_FAILED,
          EventTypes.REMEDIATION_FAILED_RESOLVED,
          EventTypes.AGENT_UNREACHABLE,
          EventTypes.AGENT_UNREACHABLE_RESOLVED,
          EventTypes.AGENT_STUCK,
          EventTypes.AGENT_STUCK_RESOLVED,
          EventTypes.CHECK_UNKNOWN,
          EventTypes.CHECK_UNKNOWN_RESOLVED,
          EventTypes.SOURCE_BROKEN,
          EventTypes.SOURCE_BROKEN_RESOLVED,
          EventTypes.EVENT_STORE_FAILING,
          EventTypes.EVENT_STORE_FAILING_RESOLVED);

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
   * Creates an alert. The reconciler calls this, and so do tests of sinks.
   *
   * @param event what happened; its type is one of {@link #EVENTS}
   * @param id unique among all alerts
   * @param key the same for all alerts of the incident
   * @param closing whether the incident is over
   */
  public static Alert of(Event event, String id, String key, boolean closing) {
    return new Alert(
        event, requireNonNull(id, "id"), requireNonNull(key, "key"), closing, event.time());
  }

  /** The same alert, sent at this time. The reconciler calls this before each try. */
  public Alert triedAt(Instant now) {
    return new Alert(event, id, key, closing, requireNonNull(now, "now"));
  }

  /** The id of this alert, the same at each try. */
  public String id() {
    return id;
  }

  /** The key of its incident, the same in all alerts of the incident. */
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

  /** When this try to send it began, by the wall clock; {@link #time} before the first try. */
  public Instant triedAt() {
    return triedAt;
  }

  /** Whether the incident is over, so that the receiver may close it. */
  public boolean isClosing() {
    return closing;
  }

  /** The agent's name; empty if the incident is about a source. */
  public Optional<String> agent() {
    return event.agent();
  }

  /** The agent's labels; empty if the incident is about a source. */
  public Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    if (event.fields().get("agent") instanceof Map<?, ?> agent
        && agent.get("labels") instanceof Map<?, ?> all) {
      all.forEach((name, value) -> labels.put(name.toString(), value.toString()));
    }
    return labels;
  }

  /** The task's name; empty if the incident is about an agent or a source. */
  public Optional<String> task() {
    return event.task();
  }

  /** The text of the field that has this name, such as {@code message}; empty if there is none. */
  public Optional<String> field(String name) {
    return event.field(name);
  }

  /** What happened, in one printable line for people; at most 2 KiB long. */
  public String summary() {
    return AlertSummary.of(event);
  }

  /**
   * The summary, the remark if there is one, and below them the differences of each step, line by
   * line: for a chat or a mail. Printable, and at most 8 KiB long.
   */
  public String text() {
    return AlertSummary.textOf(event);
  }

  /**
   * One JSON object on one line. Each text in it is at most 2 KiB long, with control characters
   * escaped.
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
