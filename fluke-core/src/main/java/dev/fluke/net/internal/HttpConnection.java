package dev.fluke.net.internal;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one of some addresses, and to no other. Any thread may close it, also while
 * another one connects, writes or reads; an interrupt of that one closes it, too.
 */
public final class HttpConnection implements Closeable {
  private final NetworkAccess network;
  private boolean closed;
  private @Nullable SocketChannel channel;
  private Socket socket = new Socket(); // not connected yet
  private @Nullable InputStream input;

  /** Not connected yet. */
  public HttpConnection(NetworkAccess network) {
    this.network = network;
  }

  /**
   * Connects to the first address that answers. Each gets an equal share of the limit.
   *
   * @return that address
   */
  public InetAddress connect(List<InetAddress> addresses, int port, Duration limit)
      throws IOException {
    IOException failure = new IOException("no address");
    int share = (int) Math.max(1, limit.toMillis() / Math.max(1, addresses.size()));
    for (InetAddress address : addresses) {
      SocketChannel opened = SocketChannel.open();
      replace(opened);
      try {
        network.dial(opened, new InetSocketAddress(address, port), share);
        socket = opened.socket();
        return address;
      } catch (IOException e) {
        hangUp(opened);
        failure = e;
      }
    }
    throw failure;
  }

  private synchronized void replace(SocketChannel opened) {
    channel = opened;
    if (closed) {
      hangUp(opened);
    }
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
  public void secure(String host, int port) throws IOException {
    SSLSocket secured = (SSLSocket) network.tls().createSocket(socket, host, port, true);
    socket = secured;
    input = null;
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
  }

  /** Sends a request, and reads the answer up to the end of its headers. */
  public HttpReply ask(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    socket.getOutputStream().flush();
    return HttpReply.read(input());
  }

  /** What the other side sends. */
  public InputStream input() throws IOException {
    InputStream known = input;
    if (known == null) {
      known = new BufferedInputStream(socket.getInputStream());
      input = known;
    }
    return known;
  }

  /** The socket, once it is connected. */
  public Socket socket() {
    return socket;
  }

  /** Closes it without a farewell; does not block. */
  @Override
  public synchronized void close() {
    closed = true;
    hangUp(channel);
  }
}
