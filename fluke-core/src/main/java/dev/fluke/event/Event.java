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
 * Something that changed: an outcome, an apply, a manual act, a source, an agent. Immutable.
 *
 * <p>New types may come with any release, so treat a type you don't know as news for people.
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
   * An event. Made by the reconciler.
   *
   * @param sequence its place in the order of events; decides where times don't
   * @param type what happened, such as {@code drift_detected}
   */
  public static Event of(long sequence, Instant time, String type) {
    return new Event(
        sequence, requireNonNull(time, "time"), requireNonNull(type, "type"), Map.of());
  }

  /**
   * The same with one more field.
   *
   * @param value a string, number, boolean, or a map or list of such
   */
  public Event with(String field, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(field, requireNonNull(value, field));
    return new Event(sequence, time, type, Collections.unmodifiableMap(more));
  }

  /** Its place in the order of events of one reconciler, rising by 1. */
  public long sequence() {
    return sequence;
  }

  /** When it happened, by the wall clock. */
  public Instant time() {
    return time;
  }

  /** What happened, such as {@code drift_detected}; the list is in the documentation. */
  public String type() {
    return type;
  }

  /** The name of the agent it is about, if it is about one. */
  public Optional<String> agent() {
    @Nullable Object agent = fields.get("agent");
    return agent instanceof Map<?, ?> map && map.get("name") instanceof String name
        ? Optional.of(name)
        : Optional.empty();
  }

  /** The name of the task it is about, if it is about one. */
  public Optional<String> task() {
    return field("task");
  }

  /** A field's text, if it has one of this name. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name)).map(Object::toString);
  }

  /** All fields beside sequence, time and type; unmodifiable. */
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
