package dev.fluke.cli.http;

import dev.fluke.command.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/**
 * Lets in who knows the token. Where there is none, only programs of this machine can reach the
 * API; a web page in a browser of this machine is kept out by the name that it calls.
 */
final class TokenAuth {
  private static final String SCHEME = "Bearer ";
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Optional<Secret> token;

  TokenAuth(Optional<Secret> token) {
    this.token = token;
  }

  /** What to answer instead; empty if the caller may come in. */
  Optional<ApiResponse> refuses(ApiRequest request) {
    if (token.isEmpty()) {
      String host = request.header("Host").orElse("").replaceFirst(":\\d+$", "");
      return THIS_MACHINE.contains(host) || host.matches("127(\\.\\d{1,3}){3}")
          ? Optional.empty()
          : Optional.of(ApiResponse.error(403, "without a token, call it by 127.0.0.1"));
    }
    String given = request.header("Authorization").orElse("");
    boolean right =
        given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            && same(given.substring(SCHEME.length()).strip(), token.get().reveal());
    return right
        ? Optional.empty()
        : Optional.of(ApiResponse.error(401, "the token is missing or wrong"));
  }

  /** In the same time for any text, whatever its length. */
  private static boolean same(String given, String token) {
    return MessageDigest.isEqual(digest(given), digest(token));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
