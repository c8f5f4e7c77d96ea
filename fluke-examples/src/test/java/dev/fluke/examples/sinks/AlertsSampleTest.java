package dev.fluke.examples.sinks;

import static dev.fluke.agent.Selector.label;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertFilter;
import dev.fluke.alert.Webhook;
import dev.fluke.command.Secret;
import dev.fluke.event.Event;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.reconcile.ReconcilerBuilder;
import dev.fluke.text.Json;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The samples of the page on alerts. */
class AlertsSampleTest {
  private static final Event DRIFT =
      Event.of(0, Instant.EPOCH, "drift_detected")
          .with("agent", Map.of("name", "web-01", "labels", Map.of()))
          .with("task", "nginx")
          .with("message", "x".repeat(2_000));

  // tag::pagerduty
  static String pagerDuty(Alert alert, Secret routingKey) {
    String summary = alert.summary();
    Map<String, String> payload =
        Map.of(
            "summary", summary.substring(0, Math.min(summary.length(), 1024)),
            "source", alert.agent().orElse("fluke"),
            "severity", "error");
    return Json.write(
        Map.of(
            "routing_key",
            routingKey.reveal(),
            "event_action",
            alert.isClosing() ? "resolve" : "trigger",
            "dedup_key",
            alert.key(),
            "payload",
            payload));
  }

  // end::pagerduty

  @Test
  void triggersAndResolvesPagerDutyByOneKey() throws Exception {
    try (Loopback loopback = Loopback.answering(202)) {
      String enqueue = loopback.url("/v2/enqueue");
      Secret routingKey = Secret.of("canary-routing-key");
      // tag::pagerdutysink
      Webhook pager = Webhook.to(enqueue).sending(alert -> pagerDuty(alert, routingKey));
      // end::pagerdutysink
      pager.send(Alert.of(DRIFT, "1", "key", false));
      pager.send(Alert.of(DRIFT, "2", "key", true));

      assertThat(loopback.posted())
          .extracting(post -> post.body().path("event_action").asText())
          .containsExactly("trigger", "resolve");
      assertThat(loopback.posted())
          .allSatisfy(
              post -> {
                assertThat(post.body().path("routing_key").asText())
                    .isEqualTo("canary-routing-key");
                assertThat(post.body().path("dedup_key").asText()).isEqualTo("key");
                assertThat(post.body().path("payload").path("summary").asText()).hasSize(1024);
                assertThat(post.body().path("payload").path("source").asText()).isEqualTo("web-01");
              });
    }
  }

  @Test
  void givesEachSinkItsAlerts() {
    String url = "https://hooks.example.com/fluke";
    String key = "secret";
    String channel = "https://hooks.slack.com/services/T0/B0/x";
    ReconcilerBuilder builder =
        Reconciler.builder().agent(Agent.named("here")).manifest(Manifest.empty());
    // tag::sinks
    builder
        .alerts(Webhook.to(url).signedWith(Secret.of(key))) // all of them
        .alerts(
            SlackSink.to(channel), AlertFilter.everything().agents(label("env").is("production")))
        .alerts(
            AlertmanagerSink.at("http://127.0.0.1:9093"),
            AlertFilter.everything()
                .events("drift_detected", "drift_remediated", "drift_resolved", "drift_reminder")
                .tasks("nginx", "rotate_certificates"))
        .alerts(LogSink.to(LoggerFactory.getLogger("alerts")));
    // end::sinks
    try (Reconciler reconciler = builder.build()) {
      assertThat(reconciler.status().sinks())
          .extracting(sink -> sink.name())
          .containsExactly(
              "webhook to https://hooks.example.com", "SlackSink", "AlertmanagerSink", "LogSink");
    }
  }
}
