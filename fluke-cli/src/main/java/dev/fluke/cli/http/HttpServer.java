package dev.fluke.cli.http;

import dev.fluke.cli.config.HttpConfig;
import dev.fluke.cli.tls.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves the API over HTTP or HTTPS, and at a Unix socket. Each connection carries one request;
 * {@link Deadlines} bounds how many there are, and how long each has. So slow or large requests
 * hold bounded resources. TCP and the Unix socket share neither connections nor {@link Workers}: a
 * flood of one leaves the other alone.
 */
public final class HttpServer implements AutoCloseable {
  /** More than the table of connections has, for those that are being closed. */
  private static final int SOCKETS = ConnectionTable.IN_ALL + 256;

  private static final int NOT_ACCEPTED_YET = 1024;
  private static final int THREADS = 24;
  private static final int HEADERS = 16 * 1024;
  private static final int IDLE_MILLIS = 30_000;
  private static final int STOP_MILLIS = 2_000;

  private final Server server;
  private final HttpConfig config;
  private Optional<ServerConnector> tcp = Optional.empty();
  private Optional<ApiSocket> unix = Optional.empty();

  private HttpServer(Server server, HttpConfig config) {
    this.server = server;
    this.config = config;
  }

  /**
   * Starts the server.
   *
   * @throws IllegalStateException if it can't listen; the message says why and what to do
   * @throws Exception if it can't start or read its certificate; the message says why
   */
  public static HttpServer start(HttpConfig config, Api api) throws Exception {
    Server server = new Server(threads());
    server.setStopTimeout(STOP_MILLIS);
    server.setHandler(new ApiHandler(api));
    server.setErrorHandler(new JsonErrors());
    HttpServer started = new HttpServer(server, config);
    try {
      started.connect();
      started.open();
      return started;
    } catch (Exception e) {
      started.close();
      throw e;
    }
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
    threads.setName("fluke http");
    threads.setDaemon(true);
    return threads;
  }

  private void connect() throws GeneralSecurityException, IOException {
    if (config.tcp().isPresent()) {
      ServerConnector connector = connector(server, config);
      HttpConfig.Address address = config.tcp().get();
      if (!address.host().isEmpty()) {
        connector.setHost(address.host());
      }
      connector.setPort(address.port());
      connector.setAcceptQueueSize(NOT_ACCEPTED_YET);
      connector.addBean(
          config.hasCredentials()
              ? new TcpAuthenticator(config.credentials())
              : new MetricsOnly(address.isLoopback()));
      tcp = Optional.of(connector);
      add(connector, config.hasCredentials() ? Workers.forCallers() : Workers.forMetrics());
    }
    if (config.socket().isPresent()) {
      unix = ApiSocket.at(config.socket().get(), server, plain());
      unix.ifPresent(socket -> socket.connector().setAcceptQueueSize(NOT_ACCEPTED_YET));
      unix.ifPresent(socket -> add(socket.connector(), Workers.forCallers()));
    }
  }

  private void add(AbstractConnector connector, Workers workers) {
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.addBean(new Deadlines(server));
    workers.setStopTimeout(STOP_MILLIS);
    server.addBean(workers, true);
    connector.addBean(workers, false);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(SOCKETS, connector));
  }

  private void open() throws Exception {
    try {
      server.start();
    } catch (Exception e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (unix.isPresent() && unix.get().connector().isFailed()) {
        throw ApiSocket.unusable(String.valueOf(cause.getMessage()), e);
      }
      if (tcp.isPresent() && e instanceof IOException) {
        throw new IllegalStateException(
            "can't listen on %s: %s; is another daemon running? Set 'http: { listen: … }' to another address"
                .formatted(config.tcp().orElseThrow(), cause.getMessage()),
            e);
      }
      throw e;
    }
    if (unix.isPresent()) {
      unix.get().open();
    }
  }

  private static ServerConnector connector(Server server, HttpConfig config)
      throws GeneralSecurityException, IOException {
    if (config.tls().isEmpty()) {
      return new ServerConnector(server, 1, 1, plain());
    }
    SslContextFactory.Server tls = new SslContextFactory.Server();
    HttpConfig.Tls files = config.tls().get();
    tls.setKeyStore(Pem.keyStore(files.certificate(), files.key()));
    tls.setKeyStorePassword(Pem.NO_PASSWORD);
    tls.setRenegotiationAllowed(false);
    if (files.clientAuthorities().isPresent()) {
      tls.setTrustStore(Pem.trustStore(files.clientAuthorities().get()));
      tls.setWantClientAuth(true); // wanted only: health, hooks and tokens need no certificate
    }
    return new ServerConnector(server, 1, 1, new SslConnectionFactory(tls, "http/1.1"), plain());
  }

  private static HttpConnectionFactory plain() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADERS);
    http.setPersistentConnectionsEnabled(false);
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "names", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR)); // a/b is a valid name
    return new HttpConnectionFactory(http);
  }

  /** The URL over TCP, such as {@code http://127.0.0.1:7071}. */
  public String url() {
    HttpConfig.Address address = config.tcp().orElseThrow();
    String host = address.host().isEmpty() ? "0.0.0.0" : address.host();
    int port = tcp.orElseThrow().getLocalPort();
    return (config.tls().isPresent() ? "https://" : "http://") + new HttpConfig.Address(host, port);
  }

  /** Where the API is, as a part of a sentence. */
  public String places() {
    String socket = unix.map(it -> "unix:" + it.path()).orElse("");
    if (tcp.isEmpty()) {
      return "the API is at " + socket;
    }
    if (config.hasCredentials()) {
      return "the API is at " + url() + (socket.isEmpty() ? "" : " and " + socket);
    }
    return "the API is at %s; hooks, health and metrics are at %s".formatted(socket, url());
  }

  /** Stops the server. Requests in progress get at most 2 s. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop: " + e, e);
    } finally {
      unix.ifPresent(ApiSocket::close);
    }
  }
}
