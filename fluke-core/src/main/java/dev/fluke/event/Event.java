package dev.fluke.event;

import static java.util.Objects.requireNonNull;

import dev.fluke.text.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened: a task drifted, an apply ended, a source became unavailable, an agent
 * was added. {@link EventTypes} lists the types.
 *
 * <p>A release may add types, so treat a type that you don't know as news for people. Immutable, so
 * safe for use by any thread.
 */
public final class Event {
  private final long sequence;
  private final Instant time;
  private final String type;
  private final Map<String, Object> fields; // String, Number, Boolean, Map or List of such

  private Event(long sequence, Instant time, String type, Map<String, Object> fields) {
    this.sequence = sequence;
    this.time = time;
    this.type = type;
    this.fields = fields;
  }

  /**
   * Creates an event without further fields. The reconciler calls this, and so do tests.
   *
   * @param sequence its place in the order of events
   * @param time when it happened, by the wall clock
   * @param type one of {@link EventTypes}, such as {@code drift_detected}
   */
  public static Event of(long sequence, Instant time, String type) {
    return new Event(
        sequence, requireNonNull(time, "time"), requireNonNull(type, "type"), Map.of());
  }

  /**
   * The same event with one more field. Replaces a field that has the same name.
   *
   * @param value a string, number, boolean, or a map or list of such
   */
  public Event with(String field, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(field, requireNonNull(value, field));
    return new Event(sequence, time, type, Collections.unmodifiableMap(more));
  }

  /**
   * Its place in the order of events of one reconciler: each next event has the next number, also
   * if the wall clock goes back.
   */
  public long sequence() {
    return sequence;
  }

  /** When it happened, by the wall clock. */
  public Instant time() {
    return time;
  }

  /** What happened: one of {@link EventTypes}, such as {@code drift_detected}. */
  public String type() {
    return type;
  }

  /** The name of the agent; empty if it is about no agent. */
  public Optional<String> agent() {
    @Nullable Object agent = fields.get("agent");
    return agent instanceof Map<?, ?> map && map.get("name") instanceof String name
        ? Optional.of(name)
        : Optional.empty();
  }

  /** The name of the task; empty if it is about no task. */
  public Optional<String> task() {
    return field("task");
  }

  /** The text of the field that has this name; empty if there is none. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name)).map(Object::toString);
  }

  /** All fields except sequence, time and type; unmodifiable. */
  public Map<String, Object> fields() {
    return fields;
  }

  /** One JSON object on one line. */
  public String toJson() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("event", type);
    all.put("timestamp", time.toString());
    all.put("sequence", sequence);
    all.putAll(fields);
    return Json.write(all);
  }

  /** Its JSON. */
  @Override
  public String toString() {
    return toJson();
  }
}
