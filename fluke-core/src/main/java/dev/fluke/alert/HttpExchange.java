package dev.fluke.alert;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a receiver, for one request. At its limit it is closed from outside, whatever it
 * is at then: reading, writing, connecting. An interrupt closes it, too.
 */
final class HttpExchange implements AutoCloseable {
  private static final int LISTENING_MILLIS = 1000;
  private static final int LONGEST_BODY = 64 * 1024;

  private final NetworkAccess outside;
  private final Duration limit;
  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> hungUp;
  private @Nullable SocketChannel channel;
  private Socket socket = new Socket(); // not connected yet

  HttpExchange(NetworkAccess outside, Duration limit) {
    this.outside = outside;
    this.limit = limit;
    this.hungUp =
        end.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete((nothing, late) -> hangUp(current()));
  }

  /** Whether its limit has passed. */
  boolean isOver() {
    return end.isCompletedExceptionally();
  }

  /** Connects to the first of these that answers; each gets its share of the time. */
  void connect(List<InetAddress> addresses, int port) throws IOException {
    IOException failure = new IOException("no address");
    int share = (int) Math.max(1, limit.toMillis() / Math.max(1, addresses.size()));
    for (InetAddress address : addresses) {
      SocketChannel opened = SocketChannel.open();
      replace(opened);
      try {
        outside.dial(opened, new InetSocketAddress(address, port), share);
        socket = opened.socket();
        return;
      } catch (IOException e) {
        hangUp(opened);
        failure = e;
      }
    }
    throw failure;
  }

  private synchronized void replace(SocketChannel opened) {
    channel = opened;
    if (end.isDone()) {
      hangUp(opened);
    }
  }

  private synchronized @Nullable SocketChannel current() {
    return channel;
  }

  private static void hangUp(@Nullable SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // it is gone, which is what was wanted
    }
  }

  /** Goes on with TLS; the certificate must be one for this host. */
  void secure(String host, int port) throws IOException {
    SSLSocket secured = (SSLSocket) outside.tls().createSocket(socket, host, port, true);
    socket = secured;
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
  }

  /** Sends a request, and reads what comes back up to the end of the headers. */
  HttpReply ask(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    socket.getOutputStream().flush();
    return HttpReply.read(socket.getInputStream());
  }

  /** Lets the receiver end what it says, if that is soon and not long; it is not kept. */
  void hearOut(HttpReply reply) {
    try {
      socket.setSoTimeout(LISTENING_MILLIS);
      long left = Math.min(reply.length(), LONGEST_BODY);
      byte[] bytes = new byte[8192];
      while (left > 0) {
        int read = socket.getInputStream().read(bytes, 0, (int) Math.min(left, bytes.length));
        left = read < 0 ? 0 : left - read;
      }
    } catch (IOException e) {
      // it has answered, and what else it says does not matter
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone, which is what was wanted
    } finally {
      end.complete(null);
      hungUp.exceptionally(late -> null).join();
    }
  }
}
