package dev.fluke.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures as Standard Webhooks says. */
@Tag("W05")
class WebhookSignatureTest {
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Instant SENT = Instant.ofEpochSecond(1614265330);
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
  private static final String RIGHT = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  /** The example of the specification (standard-webhooks.md, "Signature scheme"). */
  private final Map<String, List<String>> headers =
      new HashMap<>(
          Map.of(
              "webhook-id", List.of("msg_p5jXN8AQM9LWM0D4loKWxJek"),
              "webhook-timestamp", List.of("1614265330"),
              "webhook-signature", List.of(RIGHT)));

  private boolean verify(String... secrets) {
    Secret[] all = List.of(secrets).stream().map(Secret::of).toArray(Secret[]::new);
    return WebhookSignature.verify(headers, BODY, SENT, all);
  }

  @Test
  void signsTheExampleOfTheSpecification() {
    assertThat(WebhookSignature.of(KEY, "msg_p5jXN8AQM9LWM0D4loKWxJek", SENT, BODY))
        .isEqualTo(RIGHT);
    assertThat(verify(KEY)).isTrue();
  }

  /**
   * Known from {@code printf 'a1.1741875721.{"task":"ä"}' | openssl dgst -sha256 -hmac 'grüße'
   * -binary | base64} in a UTF-8 terminal.
   */
  @Test
  void usesTheBytesOfASecretWithoutThePrefix() {
    byte[] body = "{\"task\":\"ä\"}".getBytes(UTF_8);

    assertThat(WebhookSignature.of("grüße", "a1", Instant.ofEpochSecond(1741875721), body))
        .isEqualTo("v1,xaBxWIF0BmGyb9bSaiNne0k7Daw6es2YPk8JFX6agC8=");
  }

  @Test
  void acceptsTwoSecretsDuringARotation() {
    assertThat(verify("new", KEY)).as("the receiver is ahead").isTrue();
    assertThat(verify(KEY, "old")).isTrue();
    assertThat(verify("new", "old")).isFalse();

    headers.put("webhook-signature", List.of("v1,bm9ldHU= " + RIGHT));
    assertThat(verify(KEY)).as("the sender signs with both").isTrue();
  }

  @Test
  void rejectsAnAlteredBody() {
    byte[] altered = BODY.clone();
    altered[altered.length - 1] = ' ';
    assertThat(WebhookSignature.verify(headers, altered, SENT, Secret.of(KEY))).isFalse();
    assertThat(WebhookSignature.verify(headers, new byte[0], SENT, Secret.of(KEY))).isFalse();
    assertThat(verify(KEY)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "webhook-id,        msg_p5jXN8AQM9LWM0D4loKWxJel",
    "webhook-id,        ''",
    "webhook-timestamp, 1614265331",
    "webhook-timestamp, 01614265330",
    "webhook-timestamp, -1614265330",
    "webhook-timestamp, 1614265330.5",
    "webhook-timestamp, 99999999999999999999",
    "webhook-timestamp, ''",
    "webhook-timestamp, now",
    "webhook-signature, ''",
    "webhook-signature, 'v1,'",
    "webhook-signature, g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    "webhook-signature, 'v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='",
    "webhook-signature, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE'",
    "webhook-signature, 'v1,G0HM9SSE+OTPJTGT/TMIKTSYZLE3UFJELVLNIOLJ1OE='",
  })
  void rejectsAnAlteredHeader(String name, String value) {
    headers.put(name, List.of(value));

    assertThat(verify(KEY)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
  void requiresEachHeaderExactlyOnce(String name) {
    List<String> value = headers.get(name);

    headers.put(name, List.of(value.get(0), value.get(0)));
    assertThat(verify(KEY)).as("twice").isFalse();

    headers.put(name, value);
    headers.put(name.toUpperCase(Locale.ROOT), value);
    assertThat(verify(KEY)).as("twice, in another case").isFalse();

    headers.remove(name);
    assertThat(verify(KEY)).as("once, in upper case").isTrue();

    headers.remove(name.toUpperCase(Locale.ROOT));
    assertThat(verify(KEY)).as("missing").isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, true", "300, true", "301, false", "600, false", "-300, true", "-301, false"})
  void acceptsAMessageForFiveMinutes(long secondsLater, boolean right) {
    Instant now = SENT.plus(Duration.ofSeconds(secondsLater));

    assertThat(WebhookSignature.verify(headers, BODY, now, Secret.of(KEY))).isEqualTo(right);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_", "whsec_§", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n"})
  void neitherSignsNorVerifiesWithAnInvalidSecret(String secret) {
    assertThatThrownBy(() -> WebhookSignature.of(secret, "1", SENT, BODY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the secret of a webhook is empty, or begins with whsec_ and is not base64 after it");
    assertThat(verify(secret)).isFalse();
    assertThat(verify(secret, KEY)).as("beside one that is right").isTrue();
  }

  @Test
  void rejectsEverythingWithoutASecret() {
    assertThat(verify()).isFalse();
  }
}
