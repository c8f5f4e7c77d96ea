package dev.fluke.cli.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Gives each connection 10 s for its one request, headers and body. Then it sends 408 and closes
 * the connection. The idle timeout of the server is not enough: a byte now and then resets it.
 */
final class Deadlines implements Connection.Listener {
  private static final int SECONDS = 10;
  private static final String BODY = "{\"error\":\"Request Timeout\"}\n";
  private static final String RESPONSE =
      "HTTP/1.1 408 Request Timeout\r\nContent-Type: application/json\r\nConnection: close\r\n"
          + "Content-Length: "
          + BODY.length()
          + "\r\n\r\n"
          + BODY;

  private final Server server;
  private final Map<EndPoint, Scheduler.Task> waiting = new ConcurrentHashMap<>();

  Deadlines(Server server) {
    this.server = server;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof HttpConnection) {
      EndPoint endPoint = connection.getEndPoint();
      waiting.put(
          endPoint,
          server.getScheduler().schedule(() -> timeOut(endPoint), SECONDS, TimeUnit.SECONDS));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    isInTime(connection.getEndPoint());
  }

  /** Ends the deadline of a complete request; false if the deadline has passed. */
  boolean isInTime(Request request) {
    return isInTime(request.getConnectionMetaData().getConnection().getEndPoint());
  }

  private boolean isInTime(EndPoint endPoint) {
    Scheduler.Task task = waiting.remove(endPoint);
    return task != null && task.cancel();
  }

  private void timeOut(EndPoint endPoint) {
    if (waiting.remove(endPoint) != null) {
      endPoint.write(Callback.from(endPoint::close), BufferUtil.toBuffer(RESPONSE));
    }
  }
}
