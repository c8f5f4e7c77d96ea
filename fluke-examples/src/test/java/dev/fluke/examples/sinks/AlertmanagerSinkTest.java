package dev.fluke.examples.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fluke.alert.Alert;
import dev.fluke.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R22")
class AlertmanagerSinkTest {

  @Test
  void resolvesAnAlertByEqualLabels() throws Exception {
    try (Loopback alertmanager = Loopback.answering(200)) {
      SinkScenario.run(AlertmanagerSink.at(alertmanager.url("")), "hi");

      assertThat(alertmanager.posted())
          .extracting(Loopback.Posted::path)
          .containsOnly("/api/v2/alerts");
      List<JsonNode> alerts = new ArrayList<>();
      alertmanager.posted().forEach(post -> post.body().forEach(alerts::add));
      assertThat(alerts).hasSize(2);
      JsonNode open = alerts.get(0);
      JsonNode closed = alerts.get(1);
      assertThat(open.path("labels").toString())
          .matches(
              "\\{\"agent\":\"web-01\",\"alertname\":\"FlukeIncident\","
                  + "\"key\":\"[0-9a-f]{32}\",\"task\":\"motd\"}");
      assertThat(closed.path("labels")).isEqualTo(open.path("labels"));
      assertThat(open.path("annotations").path("event").asText()).isEqualTo("drift_detected");
      assertThat(open.path("annotations").path("summary").asText()).startsWith("drift detected: ");
      assertThat(open.path("startsAt").asText()).isEqualTo("2025-01-01T00:00:00Z");
      assertThat(open.path("endsAt").asText()).isEqualTo("2025-01-03T00:00:00Z");
      assertThat(closed.path("startsAt").asText()).isEqualTo("2025-01-01T00:01:00Z");
      assertThat(closed.path("endsAt").asText()).isEqualTo("2025-01-01T00:01:00Z");
    }
  }

  @Test
  void labelsAnIncidentOfASource() throws Exception {
    try (Loopback alertmanager = Loopback.answering(200)) {
      Event broken = Event.of(0, Instant.EPOCH, "source_broken").with("source", "infra");
      AlertmanagerSink.at(alertmanager.url("")).send(Alert.of(broken, "1", "2", false));

      assertThat(alertmanager.posted().get(0).body().get(0).path("labels").toString())
          .isEqualTo("{\"alertname\":\"FlukeIncident\",\"key\":\"2\",\"source\":\"infra\"}");
    }
  }
}
