package dev.fluke.cli.config;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import dev.fluke.command.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of the API.
 *
 * @param host the address or name to listen on; empty for all addresses of this machine
 * @param port the port; 0 for a free one
 * @param token the token that clients must send; empty if none is needed
 * @param tls the certificate for HTTPS; empty for HTTP
 */
public record HttpConfig(String host, int port, Optional<Secret> token, Optional<Tls> tls) {
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  /**
   * The files of a certificate and its key, both in PEM.
   *
   * @param certificate the file with the certificate chain
   * @param key the file with the private key
   */
  public record Tls(Path certificate, Path key) {}

  static HttpConfig none() {
    return new HttpConfig("127.0.0.1", 7071, Optional.empty(), Optional.empty());
  }

  static HttpConfig of(Section http, ConfigFiles files) {
    Optional<HttpConfig> address = http.as("listen", HttpConfig::address);
    Optional<Secret> token = http.as("token", TokenText::of);
    Optional<Tls> tls = http.section("tls").flatMap(section -> TlsSection.of(section, files));
    http.end();
    HttpConfig at = address.orElse(none());
    if (token.isEmpty() && !at.isLoopback()) {
      http.problem(
          "'listen' is '%s:%s', which other machines can reach; set 'token', or listen on 127.0.0.1"
              .formatted(at.host(), at.port()));
    }
    return new HttpConfig(at.host(), at.port(), token, tls);
  }

  private static HttpConfig address(String text) {
    return hostAndPort(text)
        .filter(HostAndPort::hasPort)
        .filter(at -> isHost(at.getHost()))
        .map(at -> new HttpConfig(at.getHost(), at.getPort(), Optional.empty(), Optional.empty()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "is '%s', must be an address and a port, such as 127.0.0.1:7071 or [::1]:7071"
                        .formatted(text)));
  }

  private static Optional<HostAndPort> hostAndPort(String text) {
    try {
      return Optional.of(HostAndPort.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A name has neither spaces nor colons; an address of version 6 has colons. */
  private static boolean isHost(String host) {
    return !host.matches(".*[:\\s].*") || InetAddresses.isInetAddress(host);
  }

  /** Whether the text can be a token in a header: printable ASCII without spaces. */
  public static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** Whether only this machine can reach the API. */
  public boolean isLoopback() {
    return isLoopback(host);
  }

  /** Whether this is {@code localhost} or a loopback address. Other names are not resolved. */
  public static boolean isLoopback(String host) {
    return host.equals("localhost")
        || (InetAddresses.isInetAddress(host) && InetAddresses.forString(host).isLoopbackAddress());
  }
}
