package dev.fluke.event;

import static java.util.Objects.requireNonNull;

import dev.fluke.text.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened: a task drifted, an apply ended, a source became unavailable, an agent
 * was added. {@link EventTypes} lists the types.
 *
 * <p>{@link #toJson} writes all of it as JSON. Serializers that look for getters or fields, such as
 * Jackson and Gson, leave out parts or fail.
 *
 * <p>A release may add types, so treat a type that you don't know as news for people. Two events
 * are equal if their JSON is. Immutable, so safe for use by any thread.
 */
public final class Event {
  private static final Set<String> OWN = Set.of("event", "timestamp", "sequence", "cursor");

  private final long incarnation;
  private final long sequence;
  private final Instant time;
  private final String type;
  private final Map<String, Object> fields; // String, Number, Boolean, Map or List of such

  private Event(
      long incarnation, long sequence, Instant time, String type, Map<String, Object> fields) {
    this.incarnation = incarnation;
    this.sequence = sequence;
    this.time = time;
    this.type = type;
    this.fields = fields;
  }

  /**
   * Creates an event without further fields, of incarnation 0. For tests.
   *
   * @param sequence its place in the order of events
   * @param time when it happened, by the wall clock
   * @param type one of {@link EventTypes}, such as {@code drift_detected}
   */
  public static Event of(long sequence, Instant time, String type) {
    return of(0, sequence, time, type);
  }

  /**
   * Creates an event without further fields. The reconciler calls this.
   *
   * @param incarnation the reconciler that gives it; zero or more
   * @param sequence its place in the order of events of that reconciler; zero or more
   * @param time when it happened, by the wall clock
   * @param type one of {@link EventTypes}, such as {@code drift_detected}
   */
  public static Event of(long incarnation, long sequence, Instant time, String type) {
    return new Event(
        Math.max(0, incarnation),
        Math.max(0, sequence),
        requireNonNull(time, "time"),
        requireNonNull(type, "type"),
        Map.of());
  }

  /**
   * Reads what {@link #toJson} writes. An event without a cursor is of incarnation 0. A whole
   * number in a field comes back as a {@link Long}, or as a {@link java.math.BigInteger} if it is
   * longer; others as a {@link Double}, or as a {@link java.math.BigDecimal} if a double would
   * change them.
   *
   * @param json never null
   * @throws IllegalArgumentException if it is not the JSON of an event; the message names the field
   *     or the character
   */
  public static Event fromJson(String json) {
    return EventReader.read(requireNonNull(json, "json"));
  }

  /**
   * The same event with one more field. Replaces a field that has the same name.
   *
   * @param field its name; not one of {@code event}, {@code timestamp}, {@code sequence} and {@code
   *     cursor}, which each event has in its JSON
   * @param value a string, number, boolean, or a map or list of such, which is copied
   * @throws IllegalArgumentException if each event has this field, or if the value has a null in
   *     it, a number that JSON does not have, such as {@code NaN}, or one of more than 1,000
   *     characters or with an exponent of more than 3 digits
   */
  public Event with(String field, Object value) {
    if (OWN.contains(field)) {
      throw new IllegalArgumentException(
          "each event has a field '%s'; give yours another name".formatted(field));
    }
    return withAll(Map.of(field, requireNonNull(value, field)));
  }

  /** The same event with more fields, none of which each event has. */
  Event withAll(Map<String, Object> added) {
    Map<String, Object> more = new LinkedHashMap<>(fields);
    added.forEach((field, value) -> more.put(field, frozen(field, value)));
    return new Event(incarnation, sequence, time, type, Collections.unmodifiableMap(more));
  }

  /** A copy of lists and maps, so that nobody changes them later. */
  private static Object frozen(String field, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, each) -> copy.put(present(field, key), frozen(field, each)));
      return Collections.unmodifiableMap(copy);
    }
    if (value instanceof Iterable<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(each -> copy.add(frozen(field, each)));
      return Collections.unmodifiableList(copy);
    }
    if (value instanceof Number number && !Json.canRead(number)) {
      throw new IllegalArgumentException(
          "field '%s' has a number that JSON can't carry: %.40s".formatted(field, number));
    }
    return present(field, value);
  }

  private static Object present(String field, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(
          "field '%s' has a null in it; leave that out".formatted(field));
    }
    return value;
  }

  /**
   * Its place in the order of events of one reconciler: each next event has a greater number, also
   * if the wall clock goes back.
   */
  public long sequence() {
    return sequence;
  }

  /**
   * The reconciler that gives it: microseconds from 1970 to when that was built, by the wall clock.
   * A reconciler that is built later has a greater number, also after a restart of the process,
   * unless the wall clock was set back.
   */
  public long incarnation() {
    return incarnation;
  }

  /**
   * Its place among the events of all reconcilers: {@code INCARNATION-SEQUENCE}, as 16 and 12
   * digits, such as {@code 1741875721000000-000000000042}. The text sorts as the events do, also
   * across restarts. Unique in a store, so it can tell an event that it gets again. What tells a
   * subscriber that it lost events has the cursor of the last of those.
   */
  public String cursor() {
    return digits(incarnation, 16) + "-" + digits(sequence, 12);
  }

  private static String digits(long number, int atLeast) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, atLeast - text.length())) + text;
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

  /** All fields except sequence, cursor, time and type; unmodifiable. */
  public Map<String, Object> fields() {
    return fields;
  }

  /**
   * One JSON object on one line: {@code event} (the type), {@code timestamp}, {@code sequence},
   * {@code cursor}, then the fields.
   */
  public String toJson() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("event", type);
    all.put("timestamp", time.toString());
    all.put("sequence", sequence);
    all.put("cursor", cursor());
    all.putAll(fields);
    return Json.write(all);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Event event
        && sequence == event.sequence
        && toJson().equals(event.toJson());
  }

  @Override
  public int hashCode() {
    return cursor().hashCode();
  }

  /** Its JSON. */
  @Override
  public String toString() {
    return toJson();
  }
}
