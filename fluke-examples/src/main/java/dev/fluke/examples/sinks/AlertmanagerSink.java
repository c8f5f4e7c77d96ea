package dev.fluke.examples.sinks;

import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertSink;
import dev.fluke.alert.Webhook;
import dev.fluke.text.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Hands each alert to an Alertmanager, which groups, routes and silences. Immutable. */
public final class AlertmanagerSink implements AlertSink {
  private static final Duration STANDS = Duration.ofDays(2); // a reminder comes every day

  private final Webhook webhook;

  private AlertmanagerSink(Webhook webhook) {
    this.webhook = webhook;
  }

  /** Posts to the Alertmanager at this URL, such as {@code http://127.0.0.1:9093}. */
  public static AlertmanagerSink at(String url) {
    return new AlertmanagerSink(
        Webhook.to(url + "/api/v2/alerts").sending(AlertmanagerSink::message));
  }

  @Override
  public void send(Alert alert) throws Exception {
    webhook.send(alert);
  }

  /** The labels are the same for all alerts of a key, so that the end is the end of the same. */
  private static String message(Alert alert) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("alertname", "FlukeIncident");
    labels.put("key", alert.key());
    alert.agent().ifPresent(agent -> labels.put("agent", agent));
    alert.task().ifPresent(task -> labels.put("task", task));
    alert.field("source").ifPresent(source -> labels.put("source", source));
    Instant end = alert.isClosing() ? alert.time() : alert.triedAt().plus(STANDS);
    Map<String, Object> told = new TreeMap<>();
    told.put("labels", labels);
    told.put("annotations", Map.of("event", alert.event(), "summary", alert.summary()));
    told.put("startsAt", alert.time());
    told.put("endsAt", end);
    return Json.write(List.of(told));
  }
}
