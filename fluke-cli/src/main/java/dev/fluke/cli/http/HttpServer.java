package dev.fluke.cli.http;

import dev.fluke.cli.config.HttpConfig;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves the API over HTTP or HTTPS. Each connection carries one request; {@link Deadlines} bounds
 * how many there are, and how long each has. So slow or large requests hold bounded resources.
 */
public final class HttpServer implements AutoCloseable {
  /** More than the table of connections has, for those that are being closed. */
  private static final int SOCKETS = ConnectionTable.IN_ALL + 256;

  private static final int NOT_ACCEPTED_YET = 1024;
  private static final int THREADS = 24;
  private static final int WORKING_THREADS = 16;
  private static final int HEADERS = 16 * 1024;
  private static final int IDLE_MILLIS = 30_000;
  private static final int STOP_MILLIS = 2_000;

  private final Server server;
  private final ServerConnector connector;
  private final HttpConfig config;

  private HttpServer(Server server, ServerConnector connector, HttpConfig config) {
    this.server = server;
    this.connector = connector;
    this.config = config;
  }

  /**
   * Starts the server.
   *
   * @throws Exception if it can't listen or read its certificate; the message says why
   */
  public static HttpServer start(HttpConfig config, Api api) throws Exception {
    Server server = new Server(threads("fluke http", THREADS));
    QueuedThreadPool working = threads("fluke api", WORKING_THREADS);
    working.setStopTimeout(STOP_MILLIS);
    server.addBean(working, true);
    server.setStopTimeout(STOP_MILLIS);
    Deadlines deadlines = new Deadlines(server);
    ServerConnector connector = connector(server, config);
    if (!config.host().isEmpty()) {
      connector.setHost(config.host());
    }
    connector.setPort(config.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setAcceptQueueSize(NOT_ACCEPTED_YET);
    connector.addBean(deadlines);
    connector.addBean(new TcpAuthenticator(config.credentials()));
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(SOCKETS, connector));
    server.setHandler(new ApiHandler(api, deadlines, working));
    server.setErrorHandler(new JsonErrors(deadlines));
    HttpServer started = new HttpServer(server, connector, config);
    try {
      server.start();
      return started;
    } catch (Exception e) {
      started.close();
      throw e;
    }
  }

  private static QueuedThreadPool threads(String name, int most) {
    QueuedThreadPool threads = new QueuedThreadPool(most, 2);
    threads.setName(name);
    threads.setDaemon(true);
    return threads;
  }

  private static ServerConnector connector(Server server, HttpConfig config)
      throws GeneralSecurityException, IOException {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADERS);
    http.setPersistentConnectionsEnabled(false);
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "names", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR)); // a/b is a valid name
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (config.tls().isEmpty()) {
      return new ServerConnector(server, 1, 1, plain);
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
    return new ServerConnector(server, 1, 1, new SslConnectionFactory(tls, "http/1.1"), plain);
  }

  /** The URL of the server, such as {@code http://127.0.0.1:7071}. */
  public String url() {
    String host = config.host().isEmpty() ? "0.0.0.0" : config.host();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return (config.tls().isPresent() ? "https://" : "http://")
        + shown
        + ":"
        + connector.getLocalPort();
  }

  /** Stops the server. Requests in progress get at most 2 s. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop: " + e, e);
    }
  }
}
