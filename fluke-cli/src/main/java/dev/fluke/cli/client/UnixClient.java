package dev.fluke.cli.client;

import dev.fluke.cli.socket.LocalUser;
import dev.fluke.cli.socket.SocketPath;
import dev.fluke.text.Json;
import dev.fluke.time.Scheduler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A client of a daemon at a Unix socket: HTTP, with a connection for each request. */
public final class UnixClient implements ApiClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_RESPONSE = 256 * 1024 * 1024;
  private static final int BUFFER = 64 * 1024;

  private final Path socket;
  private final boolean isOfThisUser;
  private final Scheduler scheduler = Scheduler.system();

  private UnixClient(Path socket, boolean isOfThisUser) {
    this.socket = socket;
    this.isOfThisUser = isOfThisUser;
  }

  /** Creates a client of the daemon at this socket; any user may run it. */
  public static UnixClient at(Path socket) {
    return new UnixClient(socket, false);
  }

  /**
   * Creates a client of the first daemon that listens at one of these sockets. In a place of this
   * user, it must run as this user or root.
   *
   * @throws UnreachableDaemonException if there is none
   */
  public static UnixClient first(List<Path> sockets)
      throws UnreachableDaemonException, InterruptedException {
    Optional<String> denied = Optional.empty();
    for (Path socket : sockets) {
      UnixClient client = new UnixClient(socket, !SocketPath.isOfRoot(socket));
      try {
        client.exchange(new byte[0]);
        return client;
      } catch (UnreachableDaemonException e) {
        client.close();
        switch (e.reason()) {
          case NO_DAEMON -> {}
          case DENIED -> denied = Optional.of(String.valueOf(e.getMessage()));
          case OTHER -> throw e;
        }
      }
    }
    String places =
        sockets.stream().map(socket -> "unix:" + socket).collect(Collectors.joining(" or "));
    throw denied.isPresent()
        ? UnreachableDaemonException.denied(denied.get())
        : UnreachableDaemonException.noDaemon(
            "no daemon listens at %s; start one with 'fluke run', or use --server to name another"
                .formatted(places));
  }

  @Override
  public ApiReply get(String target) throws UnreachableDaemonException, InterruptedException {
    return send("GET", target, "", "");
  }

  @Override
  public ApiReply post(String target, Map<String, ?> body)
      throws UnreachableDaemonException, InterruptedException {
    String json = Json.write(body);
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    return send(
        "POST",
        target,
        "Content-Type: application/json\r\nContent-Length: " + length + "\r\n",
        json);
  }

  private ApiReply send(String method, String target, String headers, String body)
      throws UnreachableDaemonException, InterruptedException {
    String request =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n%s"
            .formatted(method, target, headers, body);
    byte[] response = exchange(request.getBytes(StandardCharsets.UTF_8));
    try {
      HttpMessage message = HttpMessage.of(response);
      return ApiReply.of(toString(), message.status(), message.body());
    } catch (IOException e) {
      throw new UnreachableDaemonException("%s: %s".formatted(this, e.getMessage()));
    }
  }

  /** The response to these bytes; without any, only connects. */
  private byte[] exchange(byte[] request) throws UnreachableDaemonException, InterruptedException {
    Scheduler.Timer limit = null;
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      limit = scheduler.after(TIMEOUT, () -> close(channel));
      channel.connect(UnixDomainSocketAddress.of(socket));
      requireTrusted(channel);
      return request.length == 0 ? request : answered(channel, ByteBuffer.wrap(request));
    } catch (ClosedByInterruptException e) {
      throw new InterruptedException();
    } catch (AsynchronousCloseException e) {
      throw new UnreachableDaemonException(
          "%s did not respond within %s s; use --server to name another daemon"
              .formatted(this, TIMEOUT.toSeconds()));
    } catch (IOException e) {
      throw SocketErrors.explain(socket, e);
    } finally {
      if (limit != null) {
        limit.cancel();
      }
    }
  }

  private void requireTrusted(SocketChannel channel)
      throws IOException, UnreachableDaemonException {
    var daemon = LocalUser.peer(channel);
    if (isOfThisUser && !LocalUser.selfAndRoot().contains(daemon)) {
      throw new UnreachableDaemonException(
          "the daemon at %s runs as '%s', not as you; if you trust it, name it with --server"
              .formatted(this, LocalUser.name(daemon)));
    }
  }

  private static byte[] answered(SocketChannel channel, ByteBuffer request) throws IOException {
    while (request.hasRemaining()) {
      channel.write(request);
    }
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    ByteBuffer part = ByteBuffer.allocate(BUFFER);
    while (isMore(channel, part, response.size() > 0)) {
      response.write(part.array(), 0, part.position());
      part.clear();
      if (response.size() > MAX_RESPONSE) {
        throw new IOException("the response exceeds 256 MiB");
      }
    }
    return response.toByteArray();
  }

  /** A server that closes before it has read all resets the connection after its response. */
  private static boolean isMore(SocketChannel channel, ByteBuffer part, boolean hasBegun)
      throws IOException {
    try {
      return channel.read(part) >= 0;
    } catch (SocketException e) {
      if (hasBegun) {
        return false;
      }
      throw e;
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // nothing is left to close
    }
  }

  @Override
  public void close() {
    scheduler.close();
  }

  @Override
  public String toString() {
    return "unix:" + socket;
  }
}
