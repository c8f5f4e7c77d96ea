package dev.fluke.cli.config;

import dev.fluke.command.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the API is.
 *
 * @param host the address or name to listen on; empty for all addresses
 * @param port the port; 0 for any that is free
 * @param token what callers must know; nobody needs to know anything unless it is set
 * @param tls with which certificate, if it is HTTPS
 */
public record HttpConfig(String host, int port, Optional<Secret> token, Optional<Tls> tls) {
  private static final Pattern LISTEN =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+)\\]|([^:\\s]*)):(\\d+)");
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  /**
   * A certificate with its key, both in PEM.
   *
   * @param certificate the file with the certificate, and those that lead to its authority
   * @param key the file with the private key
   */
  public record Tls(Path certificate, Path key) {}

  static HttpConfig none() {
    return new HttpConfig("127.0.0.1", 7071, Optional.empty(), Optional.empty());
  }

  static HttpConfig of(Section http, ConfigFiles files) {
    Optional<HttpConfig> address = http.as("listen", HttpConfig::address);
    Optional<Secret> token = http.as("token", HttpConfig::token);
    Optional<Tls> tls = http.section("tls").flatMap(section -> tls(section, files));
    http.end();
    HttpConfig at = address.orElse(none());
    if (token.isEmpty() && !at.isLoopback()) {
      http.wrong(
          "listens on '"
              + at.host()
              + ":"
              + at.port()
              + "', beyond this machine, and so needs a 'token'; or listen on 127.0.0.1");
    }
    return new HttpConfig(at.host(), at.port(), token, tls);
  }

  private static Optional<Tls> tls(Section tls, ConfigFiles files) {
    Optional<String> certificate = tls.required("cert_file", "the certificate, in PEM");
    Optional<String> key = tls.required("key_file", "its private key, in PEM");
    tls.end();
    return certificate.isEmpty() || key.isEmpty()
        ? Optional.empty()
        : Optional.of(new Tls(files.file(certificate.get()), files.file(key.get())));
  }

  private static HttpConfig address(String text) {
    Matcher listen = LISTEN.matcher(text);
    if (!listen.matches()) {
      throw new IllegalArgumentException(
          "is '" + text + "', must be an address and a port, such as 127.0.0.1:7071 or [::1]:7071");
    }
    String host = listen.group(1) == null ? listen.group(2) : listen.group(1);
    int port = Section.number(listen.group(3), 0, 65535);
    return new HttpConfig(host, port, Optional.empty(), Optional.empty());
  }

  private static Secret token(String text) {
    if (!isToken(text)) {
      throw new IllegalArgumentException("must be printable ASCII without spaces");
    }
    return Secret.of(text);
  }

  /** Whether a header can carry it as a token: it is printable ASCII without spaces. */
  public static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** Whether only this machine can reach it. Other names than localhost are not asked for. */
  public boolean isLoopback() {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
  }
}
