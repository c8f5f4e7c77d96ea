package dev.fluke.cli.http;

import com.google.common.hash.Hashing;
import com.google.common.net.HostAndPort;
import dev.fluke.cli.access.Caller;
import dev.fluke.cli.config.HttpConfig;
import dev.fluke.command.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * Accepts requests that carry the token. Without a token, the API listens only on this machine;
 * then the Host header must name this machine, which rejects requests of web pages in a browser.
 */
final class TokenAuthenticator implements Authenticator {
  private static final String SCHEME = "Bearer ";

  private final Optional<Secret> token;

  TokenAuthenticator(Optional<Secret> token) {
    this.token = token;
  }

  @Override
  public Authentication authenticate(Request request, ApiRequest head) {
    return authenticate(head);
  }

  Authentication authenticate(ApiRequest head) {
    if (token.isEmpty()) {
      return namesThisMachine(head.header("Host").orElse(""))
          ? Authentication.of(Caller.unrestricted("api"))
          : Authentication.refused(403, "without a token, use the host 127.0.0.1");
    }
    String given = head.header("Authorization").orElse("");
    boolean authorised =
        given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            && same(given.substring(SCHEME.length()).strip(), token.get().reveal());
    return authorised
        ? Authentication.of(Caller.unrestricted("token"))
        : Authentication.refused(401, "the token is missing or wrong");
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
