package dev.fluke.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.cli.client.UnreachableDaemonException.Reason;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixClientTest {
  private static final String OK =
      "HTTP/1.1 202 Accepted\r\nContent-Length: 11\r\n\r\n{\"ok\":true}";

  @TempDir Path dir;
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private Path socket;
  private ServerSocketChannel server;

  @BeforeEach
  void listen() throws Exception {
    socket = dir.resolve("s");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** Reads so many bytes of each request, answers, and closes the connection. */
  private void answer(String response, int bytes) {
    Thread thread =
        new Thread(
            () -> {
              while (server.isOpen()) {
                try (SocketChannel client = server.accept()) {
                  byte[] request = Channels.newInputStream(client).readNBytes(bytes);
                  requests.add(new String(request, UTF_8));
                  client.write(ByteBuffer.wrap(response.getBytes(UTF_8)));
                } catch (IOException e) {
                  // the client closed the connection, or the test ended
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Test
  void sendsOneRequestOnEachConnection() throws Exception {
    String head = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    String get = "GET /v1/agents/a%2Fb" + head + "\r\n";
    answer(OK, get.length());
    try (UnixClient client = UnixClient.at(socket)) {
      assertThat(client.get("/v1/agents/a%2Fb")).isEqualTo(new ApiReply(202, Map.of("ok", true)));
      assertThat(client.get("/v1/agents/a%2Fb").succeeded()).isTrue();
      assertThat(requests).containsExactly(get, get);
    }
  }

  @Test
  void readsAResponseToARequestThatTheServerDoesNotRead() throws Exception {
    answer(OK, 1);
    try (UnixClient client = UnixClient.at(socket)) {
      assertThat(client.post("/v1/plan", Map.of("reason", "ü")).status()).isEqualTo(202);
    }
  }

  @Test
  void recognisesAServerThatIsNotFluke() {
    answer("220 smtp.example.com\r\n", 1);
    try (UnixClient client = UnixClient.at(socket)) {
      assertThatThrownBy(() -> client.get("/v1/status"))
          .isInstanceOf(UnreachableDaemonException.class)
          .hasMessage("unix:%s: this is not Fluke: its response is not HTTP".formatted(socket));
    }
  }

  @Test
  void takesTheFirstPlaceWhereADaemonListens() throws Exception {
    Path dead = dir.resolve("dead");
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(dead))
        .close();
    assertThat(dead).exists();
    answer(OK, 1);

    try (UnixClient client = UnixClient.first(List.of(dir.resolve("none/s"), dead, socket))) {
      assertThat(client).hasToString("unix:" + socket);
      assertThat(client.get("/v1/status").status()).isEqualTo(202);
    }
  }

  @Test
  void namesEveryPlaceWhereNobodyListens() {
    Path one = dir.resolve("one");
    Path two = dir.resolve("two");

    assertThatThrownBy(() -> UnixClient.first(List.of(one, two)))
        .isInstanceOfSatisfying(
            UnreachableDaemonException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.NO_DAEMON))
        .hasMessage(
            "no daemon listens at unix:%s or unix:%s; start one with 'fluke run', or use --server to name another"
                .formatted(one, two));
  }

  @Test
  void namesASocketThatADeadDaemonLeft() throws Exception {
    server.close();
    assertThat(Files.exists(socket)).isTrue();
    try (UnixClient client = UnixClient.at(socket)) {
      assertThatThrownBy(() -> client.get("/v1/status"))
          .hasMessage(
              "no daemon listens at unix:%s, which one left that ended; start one with 'fluke run'"
                  .formatted(socket));
    }
  }
}
