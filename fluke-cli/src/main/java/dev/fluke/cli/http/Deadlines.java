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
 * Gives each connection 10 s for its one request, headers and body: after that it is told 408, and
 * closed. The server's own limit is on silence, which a byte now and then would get around.
 */
final class Deadlines implements Connection.Listener {
  private static final int SECONDS = 10;
  private static final String BODY = "{\"error\":\"Request Timeout\"}\n";
  private static final String TOO_SLOW =
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
      EndPoint line = connection.getEndPoint();
      waiting.put(
          line, server.getScheduler().schedule(() -> tooSlow(line), SECONDS, TimeUnit.SECONDS));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    isInTime(connection.getEndPoint());
  }

  /** The request is here as a whole; false if it was too slow. */
  boolean isInTime(Request request) {
    return isInTime(request.getConnectionMetaData().getConnection().getEndPoint());
  }

  private boolean isInTime(EndPoint line) {
    Scheduler.Task task = waiting.remove(line);
    return task != null && task.cancel();
  }

  private void tooSlow(EndPoint line) {
    if (waiting.remove(line) != null) {
      line.write(Callback.from(line::close), BufferUtil.toBuffer(TOO_SLOW));
    }
  }
}
