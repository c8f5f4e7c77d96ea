package dev.fluke.alert;

import dev.fluke.event.Event;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Alerts as the reconciler makes them. */
final class SampleAlerts {
  static final Instant AT = Instant.parse("2025-03-13T14:22:01.123456Z");

  private SampleAlerts() {}

  static Event event(String type) {
    return Event.of(7, AT, type);
  }

  static Event onWeb01(String type) {
    Map<String, Object> agent = new LinkedHashMap<>();
    agent.put("name", "web-01");
    agent.put("labels", Map.of("role", "web"));
    return event(type).with("agent", agent);
  }

  static Alert alert(Event event) {
    return Alert.of(event, "a1", "k1", false);
  }

  static Alert drift() {
    return alert(onWeb01("drift_detected").with("task", "nginx"));
  }
}
