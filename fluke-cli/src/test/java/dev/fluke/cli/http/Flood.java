package dev.fluke.cli.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections that begin something and do not end it, from one address or from many. */
final class Flood implements AutoCloseable {
  static final int CONNECTIONS = 1000;

  private final List<SocketChannel> open = new ArrayList<>();

  /** What each connection sends. */
  enum Kind {
    /** Nothing. */
    IDLE(""),
    /** The first bytes of a TLS handshake, whose rest never comes. */
    HALF_HANDSHAKE("\u0016\u0003\u0001\u0002\u0000\u0001"),
    /** A header that never ends. */
    SLOW_HEADER("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "),
    /** A body of which most never comes. */
    SLOW_BODY(
        "POST /hooks/git HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
            + "x".repeat(10_000)),
    /** A request whose response nobody reads. */
    UNREAD("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** Opens 1,000 connections to a port of this machine. */
  static Flood of(Kind kind, int port, boolean fromManyAddresses) throws IOException {
    return of(kind.text, port, fromManyAddresses);
  }

  /** Opens 1,000 connections that each send this. */
  static Flood of(String text, int port, boolean fromManyAddresses) throws IOException {
    Flood flood = new Flood();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        String from =
            fromManyAddresses ? "127.1.%s.%s".formatted(i / 250, 1 + i % 250) : "127.1.0.1";
        flood.open(text, port, from);
      }
      return flood;
    } catch (IOException e) {
      flood.close();
      throw e;
    }
  }

  private void open(String text, int port, String from) throws IOException {
    SocketChannel channel = SocketChannel.open();
    open.add(channel);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
    channel.bind(new InetSocketAddress(InetAddresses.forString(from), 0));
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    try {
      channel.write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    } catch (IOException e) {
      // the server has closed it to make room
    }
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : open) {
      channel.close();
    }
  }
}
