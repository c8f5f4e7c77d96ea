package dev.fluke.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rule-29")
class EventTest {
  private static final Instant AT = Instant.parse("2025-03-13T14:22:01Z");

  @Test
  void isOneJsonObjectOnOneLine() {
    Map<String, Object> agent = new LinkedHashMap<>();
    agent.put("name", "web-01");
    agent.put("labels", Map.of("role", "web"));

    Event event = Event.of(7, AT, "drift_detected").with("agent", agent).with("task", "nginx");

    assertThat(event.toJson())
        .isEqualTo(
            "{\"event\":\"drift_detected\",\"timestamp\":\"2025-03-13T14:22:01Z\",\"sequence\":7,"
                + "\"agent\":{\"name\":\"web-01\",\"labels\":{\"role\":\"web\"}},"
                + "\"task\":\"nginx\"}");
    assertThat(event.agent()).contains("web-01");
    assertThat(event.task()).contains("nginx");
  }

  @Tag("Z06")
  @Test
  void nothingThatHostsPrintCanBreakALine() {
    Event event =
        Event.of(1, AT, "x").with("message", "a\n\"b\"\\\u001b[2J\u202e\u2028\ud83d\ude00\ud800");

    assertThat(event.toJson())
        .contains("\"a\\n\\\"b\\\"\\\\\\u001b[2J\\u202e\\u2028\ud83d\ude00\\ud800\"")
        .doesNotContain("\n");
  }

  @Test
  void theRingKeepsTheLatestOfEachAgent() throws Exception {
    EventStore ring = EventStore.inMemory(2);
    for (int i = 1; i <= 5; i++) {
      ring.append(List.of(Event.of(i, AT, "x").with("agent", Map.of("name", "a" + i % 2))));
    }
    ring.append(List.of(Event.of(6, AT, "fleet")));

    assertThat(ring.latest("a1", 10)).extracting(Event::sequence).containsExactly(3L, 5L);
    assertThat(ring.latest("a0", 1)).extracting(Event::sequence).containsExactly(4L);
    assertThat(ring.latest("", 10)).extracting(Event::type).containsExactly("fleet");
    assertThat(ring.latest("nobody", 10)).isEmpty();
    assertThatThrownBy(() -> EventStore.inMemory(0)).hasMessageContaining("at least 1");
  }
}
