package dev.fluke.alert;

import dev.fluke.net.internal.Destination;
import dev.fluke.net.internal.HttpConnection;
import dev.fluke.net.internal.HttpReply;
import dev.fluke.net.internal.NetworkAccess;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * One request to a receiver. The limit closes its connection from another thread, also while it
 * connects, writes or reads. An interrupt closes it, too.
 */
final class HttpExchange implements AutoCloseable {
  private static final int DRAINING_MILLIS = 1000;
  private static final int LONGEST_BODY = 64 * 1024;

  private final HttpConnection connection;
  private final Duration limit;
  private final Scheduler clock = Scheduler.system();
  private boolean over;

  HttpExchange(NetworkAccess network, Duration limit) {
    this.connection = new HttpConnection(network);
    this.limit = limit;
    var unused = clock.after(limit, this::giveUp);
  }

  private synchronized void giveUp() {
    over = true;
    connection.close();
  }

  /** Whether its limit has passed. */
  synchronized boolean isOver() {
    return over;
  }

  /** Connects, posts once, and returns the reply up to the end of its headers. */
  HttpReply post(Destination to, Map<String, String> headers, byte[] body) throws IOException {
    connection.connect(to.addresses(), to.port(), limit);
    return to.ask(connection, "POST", headers, body);
  }

  /** Reads the rest of the answer and drops it; gives up if it is long or slow. */
  void drain(HttpReply reply) {
    try {
      connection.socket().setSoTimeout(DRAINING_MILLIS);
      long left = Math.min(reply.length(), LONGEST_BODY);
      byte[] bytes = new byte[8192];
      while (left > 0) {
        int read = connection.input().read(bytes, 0, (int) Math.min(left, bytes.length));
        left = read < 0 ? 0 : left - read;
      }
    } catch (IOException e) {
      // the answer counts, and its body does not matter
    }
  }

  @Override
  public void close() {
    try {
      connection.socket().close();
    } catch (IOException e) {
      // it is gone, as intended
    } finally {
      connection.close();
      clock.close();
    }
  }
}
