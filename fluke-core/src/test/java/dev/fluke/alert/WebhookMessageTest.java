package dev.fluke.alert;

import static dev.fluke.alert.SampleAlerts.drift;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookMessageTest {
  private static final byte[] BODY = "{}".getBytes(UTF_8);

  @Test
  void hasTheHeadersOfJsonByDefault() throws Exception {
    assertThat(WebhookMessage.PLAIN.headersOf(drift(), BODY))
        .containsExactly(
            Map.entry("content-type", "application/json"), Map.entry("user-agent", "fluke"));
    assertThat(WebhookMessage.PLAIN.bodyOf(drift())).isEqualTo(drift().toJson());
  }

  @Test
  void keepsEachOptionBesideTheOthers() throws Exception {
    WebhookMessage message =
        WebhookMessage.PLAIN
            .keys(List.of(Secret.of("a"), Secret.of("b")))
            .header("x-a", Secret.of("1"))
            .json(alert -> alert.id())
            .header("x-b", Secret.of("2"))
            .header("x-a", Secret.of("3"));

    assertThat(message.headersOf(drift(), BODY))
        .containsEntry("x-a", "3")
        .containsEntry("x-b", "2")
        .containsEntry("webhook-id", "a1")
        .hasEntrySatisfying("webhook-signature", both -> assertThat(both).contains(" v1,"));
    assertThat(message.bodyOf(drift())).isEqualTo("a1");
  }

  @Test
  void letsAnApplicationReplaceTheContentType() {
    WebhookMessage message = WebhookMessage.PLAIN.header("content-type", Secret.of("canary/x"));

    assertThat(message.headersOf(drift(), BODY)).containsEntry("content-type", "canary/x");
  }

  @Test
  void rejectsAnAlertThatHasNoBody() {
    assertThatThrownBy(() -> WebhookMessage.PLAIN.json(alert -> null).bodyOf(drift()))
        .isInstanceOf(AlertRejectedException.class)
        .hasMessage("the JSON for drift_detected can't be made: it is null");
  }
}
