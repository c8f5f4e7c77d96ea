package dev.fluke.alert;

import static dev.fluke.alert.SampleAlerts.AT;
import static dev.fluke.alert.SampleAlerts.drift;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fluke.command.Secret;
import dev.fluke.net.internal.RawReceiver;
import dev.fluke.webhook.WebhookSignature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a webhook posts, and which options it refuses. */
class WebhookTest {
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Secret OLD = Secret.of("canary-old-key");
  private static final Webhook ANY = Webhook.to("http://127.0.0.1:1/");

  private RawReceiver receiver;

  @BeforeEach
  void listen() throws Exception {
    receiver = RawReceiver.answering("HTTP/1.1 204 Taken\r\n\r\n");
  }

  @AfterEach
  void stop() throws Exception {
    receiver.close();
  }

  private void post(Alert alert, UnaryOperator<Webhook> options) throws Exception {
    options.apply(Webhook.to(receiver.url() + "/hooks/a%2Fb?x=1")).send(alert);
  }

  private Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new TreeMap<>();
    receiver
        .heads()
        .get(0)
        .lines()
        .skip(1)
        .filter(line -> !line.isEmpty())
        .map(line -> line.split(": ", 2))
        .forEach(header -> headers.put(header[0].toLowerCase(Locale.ROOT), List.of(header[1])));
    return headers;
  }

  @Tag("rule-28")
  @Test
  void postsTheAlertAsJson() throws Exception {
    post(drift(), webhook -> webhook);

    assertThat(receiver.heads().get(0)).startsWith("POST /hooks/a%2Fb?x=1 HTTP/1.1\r\n");
    assertThat(receiver.body()).isEqualTo(drift().toJson());
    assertThat(headers())
        .containsOnlyKeys("connection", "content-length", "content-type", "host", "user-agent")
        .containsEntry("content-type", List.of("application/json"))
        .containsEntry("host", List.of("127.0.0.1:" + receiver.port()))
        .containsEntry("user-agent", List.of("fluke"));
  }

  @Tag("rule-27")
  @Tag("W05")
  @Test
  void signsWhatItPosts() throws Exception {
    Instant later = AT.plusSeconds(3600);
    post(drift().triedAt(later), webhook -> webhook.signedWith(Secret.of(KEY)));

    byte[] body = receiver.bodies().get(0);
    assertThat(WebhookSignature.verify(headers(), body, later, Secret.of(KEY))).isTrue();
    assertThat(headers())
        .containsEntry("webhook-id", List.of("a1"))
        .containsEntry("webhook-timestamp", List.of(String.valueOf(later.getEpochSecond())))
        .containsEntry("webhook-signature", List.of(WebhookSignature.of(KEY, "a1", later, body)));
  }

  @Tag("rule-27")
  @Tag("W05")
  @Test
  void signsWithTheOldAndTheNewSecret() throws Exception {
    post(drift(), webhook -> webhook.signedWith(OLD, Secret.of(KEY)));

    byte[] body = receiver.bodies().get(0);
    assertThat(WebhookSignature.verify(headers(), body, AT, OLD)).isTrue();
    assertThat(WebhookSignature.verify(headers(), body, AT, Secret.of(KEY))).isTrue();
    assertThat(WebhookSignature.verify(headers(), body, AT, Secret.of("canary-another"))).isFalse();
    assertThat(headers().get("webhook-signature").get(0)).matches("v1,\\S+ v1,\\S+");
  }

  @Test
  void sendsHeadersOfTheApplication() throws Exception {
    post(
        drift(),
        webhook ->
            webhook
                .header("Authorization", Secret.of("canary-first-bearer"))
                .header("authorization", Secret.from(() -> "Bearer last"))
                .header("Content-Type", Secret.from(() -> "application/vnd.x+json")));

    assertThat(headers())
        .containsEntry("authorization", List.of("Bearer last"))
        .containsEntry("content-type", List.of("application/vnd.x+json"));
    assertThat(receiver.heads().get(0).toLowerCase(Locale.ROOT))
        .containsOnlyOnce("authorization:")
        .containsOnlyOnce("content-type:");
  }

  @Test
  void sendsAndSignsJsonOfTheApplication() throws Exception {
    post(
        drift(),
        webhook ->
            webhook.sending(alert -> "{\"text\":\"" + alert.summary() + " ✓\"}").signedWith(OLD));

    assertThat(receiver.body()).isEqualTo("{\"text\":\"drift detected: nginx on web-01 ✓\"}");
    assertThat(WebhookSignature.verify(headers(), receiver.bodies().get(0), AT, OLD)).isTrue();
  }

  @Test
  void rejectsAnAlertWhoseJsonCantBeMade() {
    assertThatThrownBy(
            () ->
                post(
                    drift(),
                    webhook ->
                        webhook.sending(
                            alert -> {
                              throw new IllegalStateException("no\ntemplate");
                            })))
        .isInstanceOf(AlertRejectedException.class)
        .hasMessage(
            "the JSON for drift_detected can't be made: IllegalStateException: no\\ntemplate");
    assertThatThrownBy(() -> post(drift(), webhook -> webhook.sending(alert -> null)))
        .isInstanceOf(AlertRejectedException.class)
        .hasMessage("the JSON for drift_detected can't be made: it is null");
    assertThat(receiver.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "canary\r\nx-forged: 1",
        "canary\n",
        "canary\0",
        "canaryä",
        "canary\u2028",
        "\u007f"
      })
  void refusesAHeaderValueThatForgesAnotherHeader(String value) {
    String message =
        "the value of the header authorization has a line break, or another character that HTTP"
            + " does not allow";
    assertThatThrownBy(() -> ANY.header("Authorization", Secret.of(value)))
        .as("known when it is declared")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message)
        .hasNoCause();

    assertThatThrownBy(
            () ->
                post(drift(), webhook -> webhook.header("Authorization", Secret.from(() -> value))))
        .as("known when it is fetched")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message)
        .hasNoCause();
    assertThat(receiver.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"host", "Content-Length", "connection", "Transfer-Encoding", "a\r\nb", "", "a b"})
  void refusesAHeaderThatHttpSets(String name) {
    assertThatThrownBy(() -> ANY.header(name, OLD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the header '"
                + name.replace("\r\n", "\\u000d\\n")
                + "' can't be set: HTTP sets it, or the name is not valid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-id", "Webhook-Signature", "WEBHOOK-TIMESTAMP"})
  void refusesAHeaderOfTheSignature(String name) {
    assertThatThrownBy(() -> ANY.header(name, OLD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the header '" + name + "' can't be set: webhook-… headers carry the signature");
  }

  @Test
  void refusesToSignWithoutASecret() {
    assertThatThrownBy(() -> ANY.signedWith())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("signedWith() has no secret; pass one, or two during a rotation");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_", "whsec_canary!", "whsec_Y2FuYXJ5\n"})
  void refusesAnInvalidSecretWithoutShowingIt(String secret) {
    String message =
        "the secret of a webhook is empty, or begins with whsec_ and is not base64 after it";
    assertThatThrownBy(() -> ANY.signedWith(OLD, Secret.of(secret)))
        .as("known when it is declared")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);

    assertThatThrownBy(
            () -> post(drift(), webhook -> webhook.signedWith(Secret.from(() -> secret))))
        .as("known when it is fetched")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThat(receiver.connections()).isZero();
  }

  @Test
  void fetchesASecretForEachPost() throws Exception {
    List<String> vault = new ArrayList<>(List.of("canary-first-key", "second"));
    Webhook webhook = Webhook.to(receiver.url()).signedWith(Secret.from(() -> vault.remove(0)));
    assertThat(vault).as("not before it is needed").hasSize(2);

    webhook.send(drift());

    assertThat(
            WebhookSignature.verify(
                headers(), receiver.bodies().get(0), AT, Secret.of("canary-first-key")))
        .isTrue();
    assertThat(vault).containsExactly("second");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT1M0.001S", "P100000000D"})
  void refusesATimeoutThatCantBeKept(Duration limit) {
    assertThatThrownBy(() -> ANY.timeout(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the timeout of a webhook is "
                + limit
                + ", must be more than zero and at most 1 minute");
    assertThat(catchThrowable(() -> ANY.timeout(Duration.ofMinutes(1)))).isNull();
  }

  @Tag("Z02")
  @Test
  void hasNoSecretInItsName() {
    Webhook webhook =
        Webhook.to("HTTPS://Hooks.example.com:8443/services/canary?token=canary")
            .header("X-Token", Secret.of("canary"))
            .signedWith(Secret.of("canary"));

    assertThat(webhook.name()).isEqualTo("webhook to HTTPS://Hooks.example.com:8443");
    assertThat(webhook).hasToString(webhook.name());
  }

  @Test
  void returnsANewWebhookForEachOption() throws Exception {
    Webhook plain = Webhook.to(receiver.url());
    plain.signedWith(OLD);
    plain.header("x-more", OLD);
    plain.sending(alert -> "{}");

    plain.send(drift());

    assertThat(headers()).doesNotContainKeys("webhook-signature", "x-more");
    assertThat(receiver.bodies().get(0)).isEqualTo(drift().toJson().getBytes(UTF_8));
  }
}
