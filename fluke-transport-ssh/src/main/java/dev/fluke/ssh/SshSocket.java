package dev.fluke.ssh;

import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The socket of one connection. It can be closed at any time, which ends all waiting on it. */
final class SshSocket implements SocketFactory {
  private final Duration limit;
  private @Nullable Socket socket;
  private volatile @Nullable InetAddress connected;
  private boolean closed;

  SshSocket(Duration limit) {
    this.limit = limit;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    IOException last = null;
    for (InetAddress address : InetAddress.getAllByName(host)) {
      Socket one = newSocket();
      try {
        one.setTcpNoDelay(true); // or a small packet waits 40 ms for an acknowledgement
        one.connect(new InetSocketAddress(address, port), Math.toIntExact(limit.toMillis()));
        connected = address;
        return one;
      } catch (IOException e) {
        last = e;
        one.close();
      }
    }
    throw last == null ? new IOException("no address") : last;
  }

  private synchronized Socket newSocket() throws IOException {
    if (closed) {
      throw new IOException("the connection was given up");
    }
    Socket one = new Socket();
    socket = one;
    return one;
  }

  /** Whether the host has accepted the connection. */
  boolean hasConnected() {
    return connected != null;
  }

  /** The address that accepted the connection; empty if none did. */
  Optional<InetAddress> address() {
    return Optional.ofNullable(connected);
  }

  synchronized void close() {
    closed = true;
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // it is closed all the same
    }
  }

  @Override
  public InputStream getInputStream(Socket one) throws IOException {
    return one.getInputStream();
  }

  @Override
  public OutputStream getOutputStream(Socket one) throws IOException {
    return one.getOutputStream();
  }
}
