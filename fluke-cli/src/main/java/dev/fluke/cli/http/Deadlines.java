package dev.fluke.cli.http;

import dev.fluke.cli.http.ClientConnection.Phase;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what each connection of a client may take, and how many there are. From accept to a
 * complete request it has 10 s, the TLS handshake included; then it gets 408 and is closed. The
 * response has 30 s and more the longer it is. The idle timeout of the server is not enough: a byte
 * now and then resets it.
 *
 * <p>Each connector has its own as a bean, so that a flood of one takes no place of another.
 */
final class Deadlines implements Connection.Listener {
  private static final int REQUEST_SECONDS = 10;
  private static final int RESPONSE_SECONDS = 30;
  private static final int RESPONSE_BYTES_A_SECOND = 256 * 1024;
  private static final int END_SECONDS = 5;
  private static final long LEAST_BYTES = 64L * 1024 * 1024;
  private static final int SHARE_OF_HEAP = 4;
  private static final String NO_CIPHER_YET = "SSL_NULL_WITH_NULL_NULL";
  private static final String BODY = "{\"error\":\"Request Timeout\"}\n";
  private static final String RESPONSE =
      "HTTP/1.1 408 Request Timeout\r\nContent-Type: application/json\r\nConnection: close\r\n"
          + "Content-Length: "
          + BODY.length()
          + "\r\n\r\n"
          + BODY;

  private final Server server;
  private final ConnectionTable table =
      new ConnectionTable(Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
  private final Map<EndPoint, ClientConnection> clients = new ConcurrentHashMap<>();

  Deadlines(Server server) {
    this.server = server;
  }

  /** The bean of the connector that received a request. */
  static Deadlines of(Request request) {
    return Objects.requireNonNull(
        request.getConnectionMetaData().getConnector().getBean(Deadlines.class));
  }

  /** Over TLS, the connection of HTTP is within that of TLS, and both are announced. */
  @Override
  public void onOpened(Connection connection) {
    EndPoint endPoint = connection.getEndPoint();
    if (endPoint instanceof EndPoint.Wrapper) {
      return;
    }
    ClientConnection client =
        new ClientConnection(ClientAddress.of(endPoint.getRemoteSocketAddress()), endPoint);
    clients.put(endPoint, client);
    limit(client, REQUEST_SECONDS, () -> timeOut(client));
    table.add(client).ifPresent(this::close);
  }

  @Override
  public void onClosed(Connection connection) {
    ClientConnection client = clients.get(connection.getEndPoint());
    if (client != null && table.remove(client)) {
      forget(client);
    }
  }

  /**
   * Ends the deadline of a complete request; false if the deadline has passed, or the connection
   * has lost its place. Then nothing more can be sent.
   */
  boolean isInTime(Request request) {
    ClientConnection client = client(request);
    if (client == null || !table.enter(client, Phase.RECEIVING, Phase.WORKING)) {
      request.getConnectionMetaData().getConnection().getEndPoint().close();
      return false;
    }
    client.limit(null);
    return true;
  }

  /** Counts a part of the body of an incomplete request. */
  void received(Request request, int bytes) {
    hold(client(request), bytes);
  }

  /** Limits the time in which the client reads its response; wraps the callback of its end. */
  Callback sending(Request request, int bytes, Callback end) {
    ClientConnection client = client(request);
    if (client == null || !table.enter(client, Phase.SENDING)) {
      return end;
    }
    hold(client, bytes - client.bytes());
    enterLimit(client, Phase.SENDING, RESPONSE_SECONDS + bytes / RESPONSE_BYTES_A_SECOND);
    return Callback.from(end, () -> ended(client));
  }

  /** The client has a few seconds to close; the server closes at once only what is to be sent. */
  private void ended(ClientConnection client) {
    if (table.enter(client, Phase.SENDING, Phase.ENDING)) {
      hold(client, -client.bytes());
      enterLimit(client, Phase.ENDING, END_SECONDS);
    }
  }

  private void enterLimit(ClientConnection client, Phase phase, int seconds) {
    limit(
        client,
        seconds,
        () -> {
          if (table.remove(client, phase)) {
            close(client);
          }
        });
  }

  private void limit(ClientConnection client, int seconds, Runnable then) {
    client.limit(server.getScheduler().schedule(then, seconds, TimeUnit.SECONDS));
  }

  private void hold(@Nullable ClientConnection client, long bytes) {
    if (client != null) {
      table.hold(client, bytes).forEach(this::close);
    }
  }

  private @Nullable ClientConnection client(Request request) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    return clients.get(endPoint instanceof EndPoint.Wrapper tls ? tls.unwrap() : endPoint);
  }

  private void forget(ClientConnection client) {
    clients.remove(client.endPoint());
    client.limit(null);
  }

  private void close(ClientConnection client) {
    forget(client);
    client.endPoint().close();
  }

  /** Says 408 if the client can understand it. A client that reads nothing is closed, too. */
  private void timeOut(ClientConnection client) {
    if (!table.remove(client, Phase.RECEIVING)) {
      return;
    }
    EndPoint below = client.endPoint();
    EndPoint endPoint = below;
    if (below.getConnection() instanceof SslConnection tls) {
      if (tls.getSSLEngine().getSession().getCipherSuite().equals(NO_CIPHER_YET)) {
        close(client);
        return;
      }
      endPoint = tls.getSslEndPoint();
    }
    forget(client);
    server.getScheduler().schedule(below::close, END_SECONDS, TimeUnit.SECONDS);
    try {
      endPoint.write(Callback.from(endPoint::close), BufferUtil.toBuffer(RESPONSE));
    } catch (RuntimeException e) { // it writes something else already
      below.close();
    }
  }
}
