package dev.fluke.source;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import dev.fluke.command.Secret;
import dev.fluke.webhook.WebhookSignature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Verifies that the sender of a push event knows the secret, and then wakes the reconciler. It is a
 * plain function for any HTTP server. It reads nothing from the body except which repository was
 * pushed to, and that only if {@link #forRepository} was called; the poll that it wakes finds out
 * what is new.
 *
 * <p>Understands GitHub ({@code X-Hub-Signature-256}), Gitea ({@code X-Gitea-Signature}) and
 * Forgejo ({@code X-Forgejo-Signature}), which all send the HMAC-SHA256 of the body in hexadecimal;
 * GitLab ({@code X-Gitlab-Token}); and Standard Webhooks ({@code webhook-id}, {@code
 * webhook-timestamp}, {@code webhook-signature}; standardwebhooks.com). A request must have at
 * least one of these headers, and each that it has must be valid. SHA-1 signatures do not count.
 * Immutable and thread-safe.
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
   * Calls {@code wake}, such as {@code reconciler::pollNow}, for each push event that is signed
   * with this secret.
   */
  public static PushWebhook signedWith(Secret secret, Runnable wake) {
    requireNonNull(secret, "secret");
    return new PushWebhook(List.of(secret), Set.of(), requireNonNull(wake, "wake"));
  }

  /** Accepts this secret as well, so that a secret can be replaced without a gap. */
  public PushWebhook orSignedWith(Secret other) {
    List<Secret> both = new ArrayList<>(secrets);
    both.add(requireNonNull(other, "other"));
    return new PushWebhook(List.copyOf(both), repositories, wake);
  }

  /**
   * Ignores pushes to repositories other than the one at this URL, or at the URL of an earlier
   * call. Compares only the paths of repositories, such as {@code team/infra}, since a host can
   * have several names. A push event that names no repository always wakes; if this is a {@code
   * file://} URL, every push event does.
   *
   * @param url the URL of the Git source
   */
  public PushWebhook forRepository(String url) {
    Set<String> more = new HashSet<>(repositories);
    more.add(PushedRepository.path(url));
    return new PushWebhook(secrets, Set.copyOf(more), wake);
  }

  /** The response to a request. */
  public enum Answer {
    /** The signature is valid; the reconciler was woken. */
    ACCEPTED(202),
    /** The signature is valid, but the push went to another repository. */
    IGNORED(202),
    /** No valid signature; the response does not say why. */
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
   * Handles a request, and wakes the reconciler if it is valid.
   *
   * @param headers by name; the case of names does not matter
   * @param body the unchanged bytes of the body
   * @param now the current time; a signature with a timestamp must be within 5 minutes of it
   */
  public Answer receive(Map<String, List<String>> headers, byte[] body, Instant now) {
    if (body.length > LONGEST) {
      return Answer.TOO_LARGE;
    }
    Map<String, List<String>> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, values) -> known.computeIfAbsent(name, n -> new ArrayList<>()).addAll(values));
    boolean valid = false;
    for (Secret secret : secrets) {
      valid |= isSigned(known, body, now, secret.reveal());
    }
    if (!valid) {
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
    boolean valid = true;
    String expected = Hashing.hmacSha256(bytes(secret)).hashBytes(body).toString();
    for (String name : HEXADECIMAL) {
      if (headers.containsKey(name)) {
        signatures++;
        String given = only(headers, name).toLowerCase(Locale.ROOT);
        valid &= same(given.startsWith("sha256=") ? given.substring(7) : given, expected);
      }
    }
    if (headers.containsKey(GITLAB)) {
      signatures++;
      valid &= same(only(headers, GITLAB), secret);
    }
    if (headers.containsKey(WebhookSignature.SIGNATURE)) {
      signatures++;
      valid &= WebhookSignature.verify(headers, body, now, Secret.of(secret));
    }
    return valid && signatures > 0;
  }

  /** The value of a header; empty, which is never valid, unless there is exactly one. */
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
}
