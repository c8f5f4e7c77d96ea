package dev.fluke.source.git;

import dev.fluke.net.internal.Destination;
import dev.fluke.net.internal.HttpConnection;
import dev.fluke.net.internal.HttpReply;
import dev.fluke.net.internal.NetworkAccess;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends the HTTP requests of one poll, and says in plain words why one failed. For each it resolves
 * the host once, checks the addresses, and connects to no other; {@code HttpClient} can't do that,
 * since it resolves the name again. A proxy resolves names itself.
 */
final class GitHttpSender implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final String ADVERTISEMENT = "application/x-git-upload-pack-advertisement";
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final NetworkAccess network;
  private final FetchWatchdog watchdog;
  private final RedirectRule rule = new RedirectRule();
  private final List<HttpConnection> opened = new ArrayList<>();
  private Optional<Duration> retryAfter = Optional.empty();

  GitHttpSender(NetworkAccess network, FetchWatchdog watchdog) {
    this.network = network;
    this.watchdog = watchdog;
  }

  /**
   * A request.
   *
   * @param configured whether it goes to host, port and scheme of the configured URL
   * @param hasCredentials for the message if the server requires authentication
   */
  record Request(
      URI uri,
      boolean configured,
      boolean hasCredentials,
      String method,
      Map<String, String> headers,
      ByteArrayOutputStream body) {}

  /** The head of an answer, and its body, which the watchdog watches; empty unless all is well. */
  record Answer(HttpReply head, InputStream body) {}

  /** When the server wants the next request, if it said so. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  boolean usesProxy(URI uri) {
    return network.proxyFor(uri) != null;
  }

  /** Sends a request and waits for the head of its answer. */
  Answer send(Request request) throws IOException {
    InetSocketAddress proxy = network.proxyFor(request.uri());
    String peer =
        proxy == null
            ? request.uri().getHost() + ":" + Destination.portOf(request.uri())
            : "the proxy %s:%d".formatted(proxy.getHostString(), proxy.getPort());
    try {
      Answer answer = exchange(request, destination(request, proxy));
      watchdog.heard();
      noteRetryAfter(answer.head());
      if (answer.head().status() == UNAUTHORIZED) { // Git would ask a user, and not find one
        throw new IOException(
            peer
                + (request.hasCredentials()
                    ? " rejects the credentials, with HTTP status 401"
                    : " requires authentication, with HTTP status 401, and no credentials are"
                        + " set"));
      }
      refuseDumb(peer, request, answer.head());
      return answer;
    } catch (IOException e) {
      throw named(peer, e);
    }
  }

  /** In the dumb protocol, which JGit would choose, the server says how many requests follow. */
  private static void refuseDumb(String peer, Request request, HttpReply head) throws IOException {
    String type = head.header("content-type");
    if (request.method().equals("GET") && head.status() == OK && !type.equals(ADVERTISEMENT)) {
      throw new IOException(
          "%s does not answer as a Git server does; the dumb HTTP protocol is not supported"
              .formatted(peer));
    }
  }

  private Destination destination(Request request, @Nullable InetSocketAddress proxy)
      throws IOException {
    URI uri = request.uri();
    String host = Destination.hostOf(uri);
    if (proxy == null) {
      List<InetAddress> addresses = network.addresses(host);
      return Destination.straight(uri, rule.allowed(host, request.configured(), addresses));
    }
    List<InetAddress> known = withoutNameServer(host);
    rule.allowed(host, request.configured(), known);
    rule.reachedThroughProxy(known);
    return Destination.through(proxy, network.addresses(proxy.getHostString()), uri);
  }

  /** The addresses of a host that needs no name server; empty for others. */
  private List<InetAddress> withoutNameServer(String host) throws UnknownHostException {
    String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    boolean isLocal = name.equals("localhost") || name.endsWith(".localhost");
    boolean isAddress = name.contains(":") || name.matches("[0-9.]+|0x[0-9a-f.x]+");
    return isLocal
        ? network.addresses("localhost")
        : isAddress ? network.addresses(host) : List.of();
  }

  private Answer exchange(Request request, Destination to) throws IOException {
    HttpConnection connection = new HttpConnection(network);
    opened.add(connection);
    watchdog.over(connection);
    Duration silence = watchdog.silence();
    InetAddress reached =
        connection.connect(
            to.addresses(), to.port(), CONNECT.compareTo(silence) < 0 ? CONNECT : silence);
    if (!to.isProxied()) {
      rule.reached(reached);
    }
    HttpReply head =
        to.ask(connection, request.method(), request.headers(), request.body().toByteArray());
    if (head.status() != OK) { // Git reads no such body
      end(connection);
      return new Answer(head, InputStream.nullInputStream());
    }
    InputStream body = new WatchedStream(head.body(connection.input()), watchdog);
    return new Answer(head, new EndingStream(body, () -> end(connection)));
  }

  /** Holds no connection longer than it is needed: the server chooses how many there are. */
  private void end(HttpConnection connection) {
    connection.close();
    opened.remove(connection);
    watchdog.forget(connection);
  }

  /** Adds host and reason, which the exceptions of sockets lack. */
  private static IOException named(String peer, IOException failure) {
    if (Thread.currentThread().isInterrupted()) {
      return new InterruptedIOException("interrupted");
    }
    if (failure instanceof UnknownHostException) {
      return new IOException(peer + ": unknown host");
    }
    if (failure instanceof EOFException) { // which would count as damage of the mirror
      return new IOException(peer + ": the connection ended without an answer");
    }
    String message = String.valueOf(failure.getMessage());
    boolean isBare =
        failure instanceof SocketException || failure instanceof SocketTimeoutException;
    if (isBare && !message.startsWith("the proxy")) {
      return new IOException(peer + ": " + message.toLowerCase(Locale.ROOT));
    }
    return failure;
  }

  /** RFC 9110, 10.2.3, in seconds; ignores dates. */
  private void noteRetryAfter(HttpReply head) {
    if (head.status() == TOO_MANY_REQUESTS || head.status() == SERVICE_UNAVAILABLE) {
      String value = head.header("retry-after");
      if (value.matches("\\d{1,6}")) {
        retryAfter = Optional.of(Duration.ofSeconds(Long.parseLong(value)));
      }
    }
  }

  /** Closes the connections that are still open. */
  @Override
  public void close() {
    opened.forEach(HttpConnection::close);
  }
}
