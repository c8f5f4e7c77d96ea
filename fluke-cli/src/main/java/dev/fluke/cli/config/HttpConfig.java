package dev.fluke.cli.config;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import dev.fluke.cli.access.Credentials;
import dev.fluke.command.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of the API.
 *
 * @param listen the address to listen on, as declared; empty if none is declared
 * @param credentials who may call the API over TCP; if nobody, it is not there
 * @param tls the certificate for HTTPS; empty for HTTP
 * @param socket the Unix socket; empty for none
 */
public record HttpConfig(
    Optional<Address> listen,
    Credentials credentials,
    Optional<Tls> tls,
    Optional<SocketConfig> socket) {
  /** The address of an API with credentials that declares none. */
  public static final Address DEFAULT = new Address("127.0.0.1", 7071);

  /**
   * An address of this machine.
   *
   * @param host the address or name to listen on; empty for all addresses of this machine
   * @param port the port; 0 for a free one
   */
  public record Address(String host, int port) {

    /**
     * Parses an address and a port, such as {@code 127.0.0.1:7071} or {@code [::1]:7071}.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static Address of(String text) {
      return hostAndPort(text)
          .filter(HostAndPort::hasPort)
          .filter(at -> isHost(at.getHost()))
          .map(at -> new Address(at.getHost(), at.getPort()))
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

    /** Whether only this machine can connect to it. */
    public boolean isLoopback() {
      return HttpConfig.isLoopback(host);
    }

    /** Such as {@code 127.0.0.1:7071}. */
    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

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

    /** All files. */
    List<Path> files() {
      return Stream.concat(Stream.of(certificate, key), clientAuthorities.stream()).toList();
    }
  }

  /** Settings of an API over TCP only. */
  public HttpConfig(String host, int port, Credentials credentials, Optional<Tls> tls) {
    this(Optional.of(new Address(host, port)), credentials, tls, Optional.empty());
  }

  /** Settings of an API over TCP only, with at most one token, which may do everything. */
  public HttpConfig(String host, int port, Optional<Secret> token, Optional<Tls> tls) {
    this(host, port, token.map(it -> Credentials.of(it.reveal())).orElse(Credentials.none()), tls);
  }

  static HttpConfig none(Map<String, String> environment) {
    return new HttpConfig(
        Optional.empty(),
        Credentials.none(),
        Optional.empty(),
        Optional.of(SocketConfig.none(environment, true)));
  }

  static HttpConfig of(Section http, ConfigFiles files, Map<String, String> environment) {
    Optional<Address> listen = http.as("listen", Address::of);
    boolean hasClients = http.has("clients");
    Credentials credentials = CredentialSections.of(http, files);
    Optional<Tls> tls = http.section("tls").flatMap(section -> TlsSection.of(section, files));
    boolean trustsClients = tls.flatMap(Tls::clientAuthorities).isPresent();
    if (hasClients != trustsClients) {
      http.problem("'clients' and 'tls: { client_ca: … }' require each other");
    }
    SocketConfig socket = SocketConfig.of(http, files, environment, credentials.isEmpty());
    http.end();
    if (tls.isPresent() && listen.isEmpty() && credentials.isEmpty()) {
      http.problem("'tls' has no effect without 'listen', tokens or clients");
    }
    return new HttpConfig(listen, credentials, tls, Optional.of(socket));
  }

  /**
   * The address over TCP; empty if the API has none. Without credentials it serves only hooks,
   * health and metrics.
   */
  public Optional<Address> tcp() {
    return listen.isEmpty() && hasCredentials() ? Optional.of(DEFAULT) : listen;
  }

  /** Whether callers can authenticate over TCP. */
  public boolean hasCredentials() {
    return !credentials.isEmpty();
  }

  /** Whether this is {@code localhost} or a loopback address. Other names are not resolved. */
  public static boolean isLoopback(String host) {
    return host.equals("localhost")
        || (InetAddresses.isInetAddress(host) && InetAddresses.forString(host).isLoopbackAddress());
  }
}
