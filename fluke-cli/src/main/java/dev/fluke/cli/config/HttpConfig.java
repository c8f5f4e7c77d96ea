package dev.fluke.cli.config;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import dev.fluke.cli.access.Credentials;
import dev.fluke.command.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings of the API.
 *
 * @param host the address or name to listen on; empty for all addresses of this machine
 * @param port the port; 0 for a free one
 * @param credentials who may call the API; empty if everybody who reaches it
 * @param tls the certificate for HTTPS; empty for HTTP
 */
public record HttpConfig(String host, int port, Credentials credentials, Optional<Tls> tls) {
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  /**
   * The files of a certificate and its key, both in PEM.
   *
   * @param certificate the file with the certificate chain
   * @param key the file with the private key
   * @param clientAuthorities the file with the CA certificates of clients, in PEM; empty if clients
   *     have no certificates
   */
  public record Tls(Path certificate, Path key, Optional<Path> clientAuthorities) {
    /** The files of a certificate and its key; clients have no certificates. */
    public Tls(Path certificate, Path key) {
      this(certificate, key, Optional.empty());
    }
  }

  /** Settings with at most one token, which may do everything. */
  public HttpConfig(String host, int port, Optional<Secret> token, Optional<Tls> tls) {
    this(host, port, token.map(it -> Credentials.of(it.reveal())).orElse(Credentials.none()), tls);
  }

  static HttpConfig none() {
    return new HttpConfig("127.0.0.1", 7071, Credentials.none(), Optional.empty());
  }

  static HttpConfig of(Section http, ConfigFiles files) {
    Optional<HttpConfig> address = http.as("listen", HttpConfig::address);
    boolean hasClients = http.has("clients");
    Credentials credentials = CredentialSections.of(http, files);
    Optional<Tls> tls = http.section("tls").flatMap(section -> tls(section, files));
    boolean trustsClients = tls.flatMap(Tls::clientAuthorities).isPresent();
    if (hasClients != trustsClients) {
      http.problem("'clients' and 'tls: { client_ca: … }' require each other");
    }
    http.end();
    HttpConfig at = address.orElse(none());
    if (credentials.isEmpty() && !at.isLoopback()) {
      http.problem(
          "'listen' is '%s:%s', which other machines can reach; set 'token', or listen on 127.0.0.1"
              .formatted(at.host(), at.port()));
    }
    return new HttpConfig(at.host(), at.port(), credentials, tls);
  }

  private static Optional<Tls> tls(Section tls, ConfigFiles files) {
    Optional<String> certificate = tls.required("cert_file", "the file of the certificate, in PEM");
    Optional<String> key = tls.required("key_file", "the file of its private key, in PEM");
    Optional<Path> clients = tls.text("client_ca").map(files::file);
    tls.end();
    return certificate.isEmpty() || key.isEmpty()
        ? Optional.empty()
        : Optional.of(new Tls(files.file(certificate.get()), files.file(key.get()), clients));
  }

  private static HttpConfig address(String text) {
    return hostAndPort(text)
        .filter(HostAndPort::hasPort)
        .filter(at -> isHost(at.getHost()))
        .map(at -> new HttpConfig(at.getHost(), at.getPort(), Credentials.none(), Optional.empty()))
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

  /** The text, if it can be a token. */
  static String token(String text) {
    if (!isToken(text)) {
      throw new IllegalArgumentException("must be printable ASCII without spaces");
    }
    return text;
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
