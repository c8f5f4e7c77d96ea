package dev.fluke.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rule-29")
class EventTest {
  private static final Instant AT = Instant.parse("2025-03-13T14:22:01Z");

  @Test
  void writesOneJsonObjectOnOneLine() {
    Map<String, Object> agent = new LinkedHashMap<>();
    agent.put("name", "web-01");
    agent.put("labels", Map.of("role", "web"));

    Event event = Event.of(7, AT, "drift_detected").with("agent", agent).with("task", "nginx");

    assertThat(event.toJson())
        .isEqualTo(
            "{\"event\":\"drift_detected\",\"timestamp\":\"2025-03-13T14:22:01Z\",\"sequence\":7,"
                + "\"cursor\":\"0000000000000000-000000000007\","
                + "\"agent\":{\"name\":\"web-01\",\"labels\":{\"role\":\"web\"}},"
                + "\"task\":\"nginx\"}");
    assertThat(event.agent()).contains("web-01");
    assertThat(event.task()).contains("nginx");
  }

  @Test
  void keepsItsFieldsWhenAnotherIsAdded() {
    Event bare = Event.of(1, AT, "warning");

    Event more = bare.with("message", "a").with("count", 3).with("message", "b");

    assertThat(bare.fields()).isEmpty();
    assertThat(more.fields()).containsExactly(Map.entry("message", "b"), Map.entry("count", 3));
    assertThat(more.field("count")).contains("3");
    assertThat(more.field("agent")).isEmpty();
    assertThat(more.agent()).isEmpty();
  }

  @Test
  void cannotBeChangedThroughItsLists() {
    List<Object> steps = new ArrayList<>(List.of(new LinkedHashMap<>(Map.of("name", "a"))));
    Event event = Event.of(1, AT, "warning").with("steps", steps);
    String before = event.toJson();
    steps.clear();

    assertThat(event.toJson()).isEqualTo(before);
    List<?> inside = (List<?>) event.fields().get("steps");
    assertThatThrownBy(() -> inside.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((Map<?, ?>) inside.get(0)).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void refusesAFieldThatEachEventHas() {
    Event bare = Event.of(1, AT, "warning");

    for (String own : new String[] {"event", "timestamp", "sequence", "cursor"}) {
      assertThatThrownBy(() -> bare.with(own, "x"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("each event has a field '%s'; give yours another name".formatted(own));
    }
  }

  @Test
  void refusesANumberThatJsonCannotCarry() {
    Event bare = Event.of(1, AT, "warning");

    for (Number number :
        List.of(Double.NaN, Double.NEGATIVE_INFINITY, Float.NaN, new BigDecimal("1e1000"))) {
      assertThatThrownBy(() -> bare.with("x", List.of(Map.of("y", number))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("field 'x' has a number that JSON can't carry: " + number);
    }
  }

  @Test
  void refusesANullInAListOrMap() {
    Event bare = Event.of(1, AT, "warning");
    Map<String, Object> map = new HashMap<>();
    map.put("y", null);
    Map<String, Object> nameless = new HashMap<>();
    nameless.put(null, "y");

    for (Object value : List.of(Collections.singletonList(null), map, nameless)) {
      assertThatThrownBy(() -> bare.with("x", value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("field 'x' has a null in it; leave that out");
    }
  }

  @Test
  void hasACursorThatSortsAsTheEventsDo() {
    List<Event> inOrder =
        List.of(
            Event.of(0, 9, AT, "x"),
            Event.of(9, 1, AT, "x"),
            Event.of(1741875721000000L, 9, AT, "x"),
            Event.of(1741875721000000L, 10, AT, "x"),
            Event.of(1741875721000001L, 1, AT, "x"));

    assertThat(inOrder).extracting(Event::cursor).isSorted();
    assertThat(inOrder.get(3).cursor()).isEqualTo("1741875721000000-000000000010");
    assertThat(inOrder.get(3).incarnation()).isEqualTo(1741875721000000L);
    assertThat(inOrder.get(3).with("a", 1).cursor()).isEqualTo(inOrder.get(3).cursor());
  }

  @Test
  void equalsAnotherOfTheSameJson() {
    Event event = Event.of(3, 1, AT, "warning").with("count", 3);

    assertThat(event)
        .isEqualTo(Event.of(3, 1, AT, "warning").with("count", 3L))
        .hasSameHashCodeAs(Event.of(3, 1, AT, "warning").with("count", 3L))
        .isNotEqualTo(Event.of(4, 1, AT, "warning").with("count", 3))
        .isNotEqualTo(event.with("count", 4))
        .isNotEqualTo("warning");
  }

  @Tag("Z06")
  @Test
  void escapesWhatCouldBreakALine() {
    Event event =
        Event.of(1, AT, "x").with("message", "a\n\"b\"\\\u001b[2J\u202e\u2028\ud83d\ude00\ud800");

    assertThat(event.toJson())
        .contains("\"a\\n\\\"b\\\"\\\\\\u001b[2J\\u202e\\u2028\ud83d\ude00\\ud800\"")
        .doesNotContain("\n");
  }
}
