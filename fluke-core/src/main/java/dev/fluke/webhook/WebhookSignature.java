package dev.fluke.webhook;

import com.google.common.base.Splitter;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import dev.fluke.command.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks and verifies them as Standard Webhooks says (standardwebhooks.com): HMAC-SHA256
 * over id, timestamp and raw body.
 *
 * <p>A secret that begins with {@code whsec_} is base64 after that; any other stands for its UTF-8
 * bytes.
 */
public final class WebhookSignature {
  /** The header that carries the message's id. */
  public static final String ID = "webhook-id";

  /** The header that carries the time of sending, in seconds since 1970. */
  public static final String TIMESTAMP = "webhook-timestamp";

  /** The header that carries the signatures, separated by spaces. */
  public static final String SIGNATURE = "webhook-signature";

  private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(5);
  private static final String BASE64 = "whsec_";

  private WebhookSignature() {}

  /**
   * Makes the signature for the header {@link #SIGNATURE}.
   *
   * @param secret the secret that the receiver knows, too
   * @param id the value of the header {@link #ID}
   * @param sent the value of the header {@link #TIMESTAMP}, as a time
   * @param body the bytes to send
   * @throws IllegalArgumentException if the secret is empty, or begins {@code whsec_} and is not
   *     base64 after it
   */
  public static String of(String secret, String id, Instant sent, byte[] body) {
    byte[] key =
        key(secret)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the secret of a webhook is empty, or begins with %s and is not base64 after it"
                            .formatted(BASE64)));
    return "v1,"
        + Base64.getEncoder()
            .encodeToString(hmac(key, id, String.valueOf(sent.getEpochSecond()), body));
  }

  /**
   * Whether one of these secrets signed the message, not more than 5 minutes before or after {@code
   * now}. The comparison takes the same time wherever a wrong signature differs.
   *
   * @param headers by name, in upper or lower case; each of the three must come exactly once
   * @param body the bytes that came, before they are parsed
   * @param now the time by the wall clock
   * @param secrets those in use: one, or two during a rotation; without any the result is false
   */
  public static boolean verify(
      Map<String, List<String>> headers, byte[] body, Instant now, Secret... secrets) {
    ListMultimap<String, String> known =
        MultimapBuilder.treeKeys(String.CASE_INSENSITIVE_ORDER).arrayListValues().build();
    headers.forEach(known::putAll);
    String id = only(known, ID);
    String timestamp = only(known, TIMESTAMP);
    if (id.isEmpty() || !timestamp.matches("\\d{1,12}")) {
      return false;
    }
    Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(sent, now).abs().compareTo(CLOCKS_MAY_DIFFER) > 0) {
      return false;
    }
    boolean valid = false;
    for (Secret secret : secrets) {
      Optional<byte[]> key = key(secret.reveal());
      if (key.isPresent()) {
        valid |= isAmong(only(known, SIGNATURE), hmac(key.get(), id, timestamp, body));
      }
    }
    return valid;
  }

  private static boolean isAmong(String signatures, byte[] expected) {
    byte[] wanted = bytes("v1," + Base64.getEncoder().encodeToString(expected));
    boolean valid = false;
    for (String one : Splitter.on(' ').split(signatures)) {
      valid |= MessageDigest.isEqual(bytes(one), wanted);
    }
    return valid;
  }

  /** The value of a header that comes exactly once; else empty, which is never valid. */
  private static String only(ListMultimap<String, String> headers, String name) {
    List<String> values = headers.get(name);
    return values.size() == 1 ? values.get(0) : "";
  }

  private static Optional<byte[]> key(String secret) {
    byte[] key = bytes(secret);
    if (secret.startsWith(BASE64)) {
      try {
        key = Base64.getDecoder().decode(secret.substring(BASE64.length()));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return key.length == 0 ? Optional.empty() : Optional.of(key);
  }

  private static byte[] hmac(byte[] key, String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(bytes(id + "." + timestamp + "."));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
