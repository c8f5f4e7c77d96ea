package dev.fluke.alert;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Secret;
import dev.fluke.text.Printable;
import dev.fluke.webhook.WebhookSignature;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Posts each alert to a URL, as JSON, signed as Standard Webhooks says (standardwebhooks.com).
 *
 * <p>A 2xx means that it arrived. 408, 429 and 5xx, and a receiver that can't be reached or does
 * not answer within 10 s, are tried again soon, and not before {@code Retry-After}; any other
 * status hourly. Redirects are not followed. Each option returns a new value; immutable and safe
 * for use by any thread.
 */
public final class Webhook implements AlertSink {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final URI url;
  private final List<Secret> keys;
  private final Map<String, Secret> headers;
  private final Function<Alert, String> body;
  private final Duration limit;
  private final HttpPost post;

  private Webhook(
      URI url,
      List<Secret> keys,
      Map<String, Secret> headers,
      Function<Alert, String> body,
      Duration limit,
      HttpPost post) {
    this.url = url;
    this.keys = keys;
    this.headers = headers;
    this.body = body;
    this.limit = limit;
    this.post = post;
  }

  /**
   * Posts to this URL.
   *
   * @param url {@code http} or {@code https}; with no user, no fragment, and no link-local address,
   *     such as those of cloud metadata services
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Webhook to(String url) {
    URI checked = WebhookUrls.checked(url);
    return to(checked, new HttpPost(new NetworkAccess() {}));
  }

  /** With other ways to find an address and to connect; for tests. */
  static Webhook to(URI url, HttpPost post) {
    return new Webhook(url, List.of(), Map.of(), Alert::toJson, LIMIT, post);
  }

  /**
   * Signs each post.
   *
   * @param keys the secrets that the receiver knows; two while one is replaced by the other. What
   *     begins with {@code whsec_} is base64 after it, any other is its UTF-8 bytes
   * @throws IllegalArgumentException if there is none, or one that is at hand can't sign
   */
  public Webhook signedWith(Secret... keys) {
    if (keys.length == 0) {
      throw new IllegalArgumentException(
          "signedWith() names no secret; name one, or two while one is replaced");
    }
    for (Secret key : keys) {
      if (key.isAtHand()) {
        WebhookSignature.of(key.reveal(), "tried", Instant.EPOCH, new byte[0]);
      }
    }
    return new Webhook(url, List.of(keys), headers, body, limit, post);
  }

  /**
   * Sends this header with each post, such as {@code Authorization}.
   *
   * @throws IllegalArgumentException if it is one that HTTP or the signature decides, or its value
   *     is at hand and has a line break or anything else in it that is not printable ASCII
   */
  public Webhook header(String name, Secret value) {
    String folded = Headers.name(requireNonNull(name, "name"));
    if (value.isAtHand()) {
      Headers.value(folded, value.reveal());
    }
    Map<String, Secret> more = new LinkedHashMap<>(headers);
    more.put(folded, value);
    return new Webhook(url, keys, more, body, limit, post);
  }

  /**
   * Posts what this makes of an alert, instead of {@link Alert#toJson()}; for receivers that want
   * JSON of their own. An alert that it makes nothing of, or throws at, is tried again hourly.
   */
  public Webhook sending(Function<Alert, String> json) {
    return new Webhook(url, keys, headers, requireNonNull(json, "json"), limit, post);
  }

  /**
   * Gives a receiver this long for its answer to one try; 10 s.
   *
   * @throws IllegalArgumentException unless it is more than zero and at most a minute, after which
   *     any sink is interrupted
   */
  public Webhook timeout(Duration time) {
    if (time.isZero() || time.isNegative() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a webhook can be given more than zero and at most 1 minute, not " + time);
    }
    return new Webhook(url, keys, headers, body, time, post);
  }

  @Override
  public void send(Alert alert) throws Exception {
    byte[] content = json(alert).getBytes(StandardCharsets.UTF_8);
    Map<String, String> all = new LinkedHashMap<>();
    all.put("content-type", "application/json");
    all.put("user-agent", "fluke");
    headers.forEach((name, value) -> all.put(name, value.reveal()));
    if (!keys.isEmpty()) {
      all.put(WebhookSignature.ID, alert.id());
      all.put(WebhookSignature.TIMESTAMP, String.valueOf(alert.triedAt().getEpochSecond()));
      all.put(
          WebhookSignature.SIGNATURE,
          keys.stream()
              .map(key -> WebhookSignature.of(key.reveal(), alert.id(), alert.triedAt(), content))
              .collect(Collectors.joining(" ")));
    }
    post.send(url, all, content, limit, alert.triedAt());
  }

  /** It fails for this alert whenever it is tried, so it must not hold up the others. */
  private String json(Alert alert) throws AlertRejectedException {
    String problem = "it is null";
    try {
      String json = body.apply(alert);
      if (json != null) {
        return json;
      }
    } catch (RuntimeException e) {
      problem = Printable.lastLineOf(e.getClass().getSimpleName() + ": " + e.getMessage(), 200);
    }
    throw new AlertRejectedException(
        "the JSON for " + alert.event() + " can't be made: " + problem);
  }

  /** Where it posts to, without the path, which is a secret with some receivers. */
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
