package dev.fluke.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
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
