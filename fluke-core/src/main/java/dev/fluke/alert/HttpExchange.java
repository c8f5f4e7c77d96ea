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
 * A connection to a receiver, for one request. The limit closes it from another thread, also while
 * it connects, writes or reads. An interrupt closes it, too.
 */
final class HttpExchange implements AutoCloseable {
  private static final int DRAINING_MILLIS = 1000;
  private static final int LONGEST_BODY = 64 * 1024;

  private final NetworkAccess network;
  private final Duration limit;
  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> hungUp;
  private @Nullable SocketChannel channel;
  private Socket socket = new Socket(); // not connected yet

  HttpExchange(NetworkAccess network, Duration limit) {
    this.network = network;
    this.limit = limit;
    this.hungUp =
        end.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete((nothing, late) -> hangUp(current()));
  }

  /** Whether its limit has passed. */
  boolean isOver() {
    return end.isCompletedExceptionally();
  }

  /** Connects to the first address that answers. Each gets an equal share of the limit. */
  void connect(List<InetAddress> addresses, int port) throws IOException {
    IOException failure = new IOException("no address");
    int share = (int) Math.max(1, limit.toMillis() / Math.max(1, addresses.size()));
    for (InetAddress address : addresses) {
      SocketChannel opened = SocketChannel.open();
      replace(opened);
      try {
        network.dial(opened, new InetSocketAddress(address, port), share);
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
      // it is gone, as intended
    }
  }

  /** Switches to TLS. The certificate must be valid for this host. */
  void secure(String host, int port) throws IOException {
    SSLSocket secured = (SSLSocket) network.tls().createSocket(socket, host, port, true);
    socket = secured;
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
  }

  /** Sends a request, and reads the answer up to the end of its headers. */
  HttpReply ask(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    socket.getOutputStream().flush();
    return HttpReply.read(socket.getInputStream());
  }

  /** Reads the rest of the answer and drops it; gives up if it is long or slow. */
  void drain(HttpReply reply) {
    try {
      socket.setSoTimeout(DRAINING_MILLIS);
      long left = Math.min(reply.length(), LONGEST_BODY);
      byte[] bytes = new byte[8192];
      while (left > 0) {
        int read = socket.getInputStream().read(bytes, 0, (int) Math.min(left, bytes.length));
        left = read < 0 ? 0 : left - read;
      }
    } catch (IOException e) {
      // the answer counts, and its body does not matter
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone, as intended
    } finally {
      end.complete(null);
      hungUp.exceptionally(late -> null).join();
    }
  }
}
