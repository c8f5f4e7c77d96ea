package dev.fluke.examples.sinks;

import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertSink;
import dev.fluke.alert.Webhook;
import dev.fluke.text.Json;
import java.util.Map;

/** Says each alert in a channel, through an incoming webhook as Slack has them. Immutable. */
public final class SlackSink implements AlertSink {
  private final Webhook webhook;

  private SlackSink(Webhook webhook) {
    this.webhook = webhook;
  }

  /** Posts to this incoming webhook; its path is a secret, and never shown. */
  public static SlackSink to(String url) {
    return new SlackSink(Webhook.to(url).sending(SlackSink::message));
  }

  @Override
  public void send(Alert alert) throws Exception {
    webhook.send(alert);
  }

  private static String message(Alert alert) {
    String sign = alert.isClosing() ? ":white_check_mark: " : ":warning: ";
    String command = alert.field("command").map(it -> "\nto apply it: `" + it + "`").orElse("");
    return Json.write(Map.of("text", sign + escaped(alert.summary() + command)));
  }

  /** What hosts say mentions nobody and hides no link: those begin with {@code <}. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
