package dev.fluke.cli.http;

import com.google.common.hash.Hashing;
import com.google.common.net.HostAndPort;
import dev.fluke.cli.config.HttpConfig;
import dev.fluke.command.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Accepts requests that carry the token. Without a token, the API listens only on this machine;
 * then the Host header must name this machine, which rejects requests of web pages in a browser.
 */
final class TokenAuth {
  private static final String SCHEME = "Bearer ";

  private final Optional<Secret> token;

  TokenAuth(Optional<Secret> token) {
    this.token = token;
  }

  /** The error response for a request without access; empty if it has access. */
  Optional<ApiResponse> rejection(ApiRequest request) {
    if (token.isEmpty()) {
      return namesThisMachine(request.header("Host").orElse(""))
          ? Optional.empty()
          : Optional.of(ApiResponse.error(403, "without a token, use the host 127.0.0.1"));
    }
    String given = request.header("Authorization").orElse("");
    boolean authorised =
        given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            && same(given.substring(SCHEME.length()).strip(), token.get().reveal());
    return authorised
        ? Optional.empty()
        : Optional.of(ApiResponse.error(401, "the token is missing or wrong"));
  }

  private static boolean namesThisMachine(String host) {
    try {
      return HttpConfig.isLoopback(HostAndPort.fromString(host).getHost());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Compares in constant time, whatever the length. */
  private static boolean same(String given, String token) {
    return MessageDigest.isEqual(digest(given), digest(token));
  }

  private static byte[] digest(String text) {
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes();
  }
}
