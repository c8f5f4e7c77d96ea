package dev.fluke.alert;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Digestible;
import dev.fluke.command.Secret;
import dev.fluke.net.internal.NetworkAccess;
import dev.fluke.webhook.WebhookSignature;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Posts each alert to a URL as JSON, and signs it as Standard Webhooks says (standardwebhooks.com).
 *
 * <p>A 2xx status delivers the alert. After 408, 429 or 5xx, and when the receiver can't be reached
 * or does not answer in time, Fluke tries again soon, but not before {@code Retry-After}. After any
 * other status it tries again every hour. Redirects are not followed.
 *
 * <p>Each option returns a new webhook. Immutable, so safe for use by any thread.
 *
 * <p>It has no JSON form: Jackson, Gson and their like fail on it, or leave out secrets and more.
 */
public final class Webhook implements AlertSink, Digestible {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

  private final transient URI url; // transient: serializers leave its path out
  private final HttpPost post;
  private final Duration timeout;
  private final WebhookMessage message;

  private Webhook(URI url, HttpPost post, Duration timeout, WebhookMessage message) {
    this.url = url;
    this.post = post;
    this.timeout = timeout;
    this.message = message;
  }

  /**
   * Creates a webhook that posts to this URL, unsigned, with a timeout of 10 s.
   *
   * @param url {@code http} or {@code https}, without a user or a fragment. Its host must not have
   *     a link-local address, or another one of a cloud's metadata service
   * @throws IllegalArgumentException if it is none of these; the message says why
   */
  public static Webhook to(String url) {
    URI checked = WebhookUrls.checked(url);
    return to(checked, new HttpPost(new NetworkAccess() {}));
  }

  /** Posts by other means than the JVM's network; for tests. */
  static Webhook to(URI url, HttpPost post) {
    return new Webhook(url, post, TIMEOUT, WebhookMessage.PLAIN);
  }

  private Webhook with(WebhookMessage other) {
    return new Webhook(url, post, timeout, other);
  }

  /**
   * Signs each post. Replaces earlier secrets.
   *
   * @param keys the secrets that the receiver knows: one, or two during a rotation. A secret that
   *     begins with {@code whsec_} is base64 after that; any other stands for its UTF-8 bytes
   * @throws IllegalArgumentException if there is none, or one that is known already can't sign
   */
  public Webhook signedWith(Secret... keys) {
    if (keys.length == 0) {
      throw new IllegalArgumentException(
          "signedWith() has no secret; pass one, or two during a rotation");
    }
    for (Secret key : keys) {
      if (key.isAtHand()) {
        WebhookSignature.of(key.reveal(), "tried", Instant.EPOCH, new byte[0]);
      }
    }
    return with(message.keys(List.of(keys)));
  }

  /**
   * Sends this header with each post, such as {@code Authorization}. Replaces an earlier value.
   *
   * @throws IllegalArgumentException if HTTP or the signature sets this header, or if the value is
   *     known already and contains anything but printable ASCII and tabs
   */
  public Webhook header(String name, Secret value) {
    String folded = Headers.name(requireNonNull(name, "name"));
    if (value.isAtHand()) {
      Headers.value(folded, value.reveal());
    }
    return with(message.header(folded, value));
  }

  /**
   * Posts the result of this function instead of {@link Alert#toJson()}, for receivers that need
   * JSON of their own. If the function throws or returns null, the alert counts as {@linkplain
   * AlertRejectedException rejected}.
   */
  public Webhook sending(Function<Alert, String> json) {
    return with(message.json(requireNonNull(json, "json")));
  }

  /**
   * Limits one try, from connecting to the answer. The default is 10 s.
   *
   * @throws IllegalArgumentException if it is zero, negative, or longer than a minute, after which
   *     Fluke interrupts any sink
   */
  public Webhook timeout(Duration time) {
    if (time.isZero() || time.isNegative() || time.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "the timeout of a webhook is %s, must be more than zero and at most 1 minute"
              .formatted(time));
    }
    return new Webhook(url, post, time, message);
  }

  @Override
  public void send(Alert alert) throws Exception {
    byte[] body = message.bodyOf(alert).getBytes(StandardCharsets.UTF_8);
    post.send(url, message.headersOf(alert, body), body, timeout, alert.triedAt());
  }

  @Override
  public void digestInto(Digest into) {
    into.add(url).add(timeout).add(message);
  }

  /** Its URL without the path, which is a secret with some receivers. */
  @Override
  public String name() {
    return "webhook to " + url.getScheme() + "://" + url.getRawAuthority();
  }

  /** Its name. */
  @Override
  public String toString() {
    return name();
  }
}
