package dev.fluke.webhook;

import dev.fluke.command.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks and verifies them as Standard Webhooks says (standardwebhooks.com): HMAC-SHA256
 * over id, timestamp and raw body.
 *
 * <p>A secret that begins with {@code whsec_} is base64 after it; any other is its UTF-8 bytes.
 */
public final class WebhookSignature {
  /** The header with the message's id. */
  public static final String ID = "webhook-id";

  /** The header with the time of sending, in seconds since 1970. */
  public static final String TIMESTAMP = "webhook-timestamp";

  /** The header with the signatures, separated by spaces. */
  public static final String SIGNATURE = "webhook-signature";

  private static final Duration CLOCKS_MAY_DIFFER = Duration.ofMinutes(5);
  private static final String BASE64 = "whsec_";

  private WebhookSignature() {}

  /**
   * The signature for the header {@link #SIGNATURE}.
   *
   * @throws IllegalArgumentException if the secret is empty, or begins {@code whsec_} and is not
   *     base64 after it
   */
  public static String of(String secret, String id, Instant sent, byte[] body) {
    byte[] key =
        key(secret)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the secret of a webhook is empty, or begins with "
                            + BASE64
                            + " and is not base64 after it"));
    return "v1,"
        + Base64.getEncoder()
            .encodeToString(hmac(key, id, String.valueOf(sent.getEpochSecond()), body));
  }

  /**
   * Whether a message was signed with one of these secrets, not more than 5 minutes ago. Takes the
   * same time wherever a wrong signature differs.
   *
   * @param headers by name, in any case; each of the three exactly once
   * @param body as it came, byte for byte, before it is parsed
   * @param secrets those in use; two while one is replaced by the other
   */
  public static boolean verify(
      Map<String, List<String>> headers, byte[] body, Instant now, Secret... secrets) {
    Map<String, List<String>> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, values) -> known.computeIfAbsent(name, n -> new ArrayList<>()).addAll(values));
    String id = only(known, ID);
    String timestamp = only(known, TIMESTAMP);
    if (id.isEmpty() || !timestamp.matches("\\d{1,12}")) {
      return false;
    }
    Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(sent, now).abs().compareTo(CLOCKS_MAY_DIFFER) > 0) {
      return false;
    }
    boolean right = false;
    for (Secret secret : secrets) {
      Optional<byte[]> key = key(secret.reveal());
      if (key.isPresent()) {
        right |= isAmong(only(known, SIGNATURE), hmac(key.get(), id, timestamp, body));
      }
    }
    return right;
  }

  private static boolean isAmong(String signatures, byte[] expected) {
    byte[] wanted = bytes("v1," + Base64.getEncoder().encodeToString(expected));
    boolean right = false;
    for (String one : signatures.split(" ", -1)) {
      right |= MessageDigest.isEqual(bytes(one), wanted);
    }
    return right;
  }

  /** The value of a header that is there once; empty, which is never right, if not. */
  private static String only(Map<String, List<String>> headers, String name) {
    List<String> values = headers.getOrDefault(name, List.of());
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
