package dev.fluke.source;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Secret;
import dev.fluke.source.git.GitSource;
import dev.fluke.webhook.WebhookSignature;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether a push was announced by somebody who knows the secret, and wakes the reconciler if
 * so. It is a plain function, for any HTTP server: of the body nothing is used but which repository
 * it names, if {@link #forRepository} asks for that; the poll it wakes finds out by itself.
 *
 * <p>Understands GitHub ({@code X-Hub-Signature-256}), Gitea ({@code X-Gitea-Signature}), Forgejo
 * ({@code X-Forgejo-Signature}), all of them HMAC-SHA256 of the body in hexadecimal; GitLab ({@code
 * X-Gitlab-Token}); and Standard Webhooks ({@code webhook-id}, {@code webhook-timestamp}, {@code
 * webhook-signature}; standardwebhooks.com). Each of those that is there must be right, and one
 * must be there; signatures by SHA-1 don't count. Immutable and safe for use by any thread.
 */
public final class PushWebhook {
  private static final int LONGEST = 1024 * 1024;
  private static final List<String> HEXADECIMAL =
      List.of("x-hub-signature-256", "x-gitea-signature", "x-forgejo-signature");
  private static final String GITLAB = "x-gitlab-token";

  private final List<Secret> secrets;
  private final Set<String> repositories;
  private final Runnable wake;

  private PushWebhook(List<Secret> secrets, Set<String> repositories, Runnable wake) {
    this.secrets = secrets;
    this.repositories = repositories;
    this.wake = wake;
  }

  /**
   * Wakes this, such as {@code reconciler::pollNow}, when a push comes that is signed with the
   * secret.
   */
  public static PushWebhook signedWith(Secret secret, Runnable wake) {
    requireNonNull(secret, "secret");
    return new PushWebhook(List.of(secret), Set.of(), requireNonNull(wake, "wake"));
  }

  /** Takes this secret, too; for the time in which one is replaced by another. */
  public PushWebhook orSignedWith(Secret other) {
    List<Secret> both = new ArrayList<>(secrets);
    both.add(requireNonNull(other, "other"));
    return new PushWebhook(List.copyOf(both), repositories, wake);
  }

  /**
   * Passes over pushes to other repositories than that at this URL, or at one of an earlier call.
   * Repositories are told apart by their paths, as {@code team/infra}, since their hosts have
   * several names. A push that names no repository wakes, and any does if this is a {@code file://}
   * URL.
   *
   * @param url as given to {@link GitSource#at}
   */
  public PushWebhook forRepository(String url) {
    Set<String> more = new HashSet<>(repositories);
    more.add(PushedRepository.path(url));
    return new PushWebhook(secrets, Set.copyOf(more), wake);
  }

  /** What to answer. */
  public enum Answer {
    /** It was signed with the secret; the poll is woken. */
    ACCEPTED(202),
    /** It was, and went to another repository: nothing to do. */
    IGNORED(202),
    /** It was not; nothing else is said about why. */
    REFUSED(401),
    /** The body is larger than 1 MiB. */
    TOO_LARGE(413);

    private final int status;

    Answer(int status) {
      this.status = status;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }
  }

  /**
   * Takes a request.
   *
   * @param headers by name, in any case
   * @param body as it came, byte for byte
   * @param now the time, which a signature with a timestamp must be within 5 minutes of
   */
  public Answer receive(Map<String, List<String>> headers, byte[] body, Instant now) {
    if (body.length > LONGEST) {
      return Answer.TOO_LARGE;
    }
    Map<String, List<String>> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, values) -> known.computeIfAbsent(name, n -> new ArrayList<>()).addAll(values));
    boolean right = false;
    for (Secret secret : secrets) {
      right |= isSigned(known, body, now, secret.reveal());
    }
    if (!right) {
      return Answer.REFUSED;
    }
    if (PushedRepository.isAnother(body, repositories)) {
      return Answer.IGNORED;
    }
    wake.run();
    return Answer.ACCEPTED;
  }

  private static boolean isSigned(
      Map<String, List<String>> headers, byte[] body, Instant now, String secret) {
    if (secret.isEmpty()) {
      return false;
    }
    int signatures = 0;
    boolean right = true;
    String expected = HexFormat.of().formatHex(hmac(bytes(secret), body));
    for (String name : HEXADECIMAL) {
      if (headers.containsKey(name)) {
        signatures++;
        String given = only(headers, name).toLowerCase(Locale.ROOT);
        right &= same(given.startsWith("sha256=") ? given.substring(7) : given, expected);
      }
    }
    if (headers.containsKey(GITLAB)) {
      signatures++;
      right &= same(only(headers, GITLAB), secret);
    }
    if (headers.containsKey(WebhookSignature.SIGNATURE)) {
      signatures++;
      right &= WebhookSignature.verify(headers, body, now, Secret.of(secret));
    }
    return right && signatures > 0;
  }

  /** The value of a header that is there once; empty, which is never right, if not. */
  private static String only(Map<String, List<String>> headers, String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.size() == 1 ? values.get(0) : "";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean same(String given, String expected) {
    return MessageDigest.isEqual(bytes(given), bytes(expected));
  }

  private static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
