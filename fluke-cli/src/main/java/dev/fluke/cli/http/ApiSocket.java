package dev.fluke.cli.http;

import dev.fluke.cli.config.SocketConfig;
import dev.fluke.cli.socket.SocketFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API at a Unix socket. For one thread. */
final class ApiSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiSocket.class);

  private final SocketFile file;
  private final UnixDomainServerConnector connector;

  private ApiSocket(SocketFile file, UnixDomainServerConnector connector) {
    this.file = file;
    this.connector = connector;
  }

  /**
   * Prepares the socket; the connector creates it when it starts. Empty, with a warning in the log,
   * if its place can't be used and the daemon works without it.
   *
   * @throws IllegalStateException if its place can't be used; the message says why
   */
  static Optional<ApiSocket> at(SocketConfig config, Server server, HttpConnectionFactory http) {
    SocketFile file;
    try {
      file = SocketFile.claim(config.path(), config.group());
    } catch (IOException e) {
      if (config.isRequired()) {
        throw unusable(String.valueOf(e.getMessage()), e);
      }
      LOG.warn("the API has no Unix socket: {}", e.getMessage());
      return Optional.empty();
    }
    UnixDomainServerConnector connector = new UnixDomainServerConnector(server, 1, 1, http);
    connector.setUnixDomainPath(file.path());
    connector.addBean(new PeerAuthenticator(config.group().isPresent()));
    return Optional.of(new ApiSocket(file, connector));
  }

  static IllegalStateException unusable(String why, Exception cause) {
    return new IllegalStateException("can't use the socket, 'http.socket': " + why, cause);
  }

  UnixDomainServerConnector connector() {
    return connector;
  }

  Path path() {
    return file.path();
  }

  /** Lets those in who may connect. */
  void open() {
    try {
      file.open();
    } catch (IOException e) {
      throw unusable(String.valueOf(e.getMessage()), e);
    }
  }

  /** Gives the place to the next daemon. The connector has removed its socket. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("the lock of {} was not closed: {}", path(), e.getMessage());
    }
  }
}
