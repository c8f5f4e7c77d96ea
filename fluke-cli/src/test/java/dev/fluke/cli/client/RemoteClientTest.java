package dev.fluke.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.fluke.command.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteClientTest {
  @TempDir Path dir;

  @Test
  void sendsTokenAndBody() throws Exception {
    List<String> requests = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(
              "%s %s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("Authorization"),
                      new String(
                          exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          byte[] body = "{\"ok\":true}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(202, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "//";
    try (RemoteClient client =
        RemoteClient.at(url, Optional.of(Secret.of("t0ken")), Optional.empty())) {
      assertThat(client.get("/v1/agents/a%2Fb")).isEqualTo(new ApiReply(202, Map.of("ok", true)));
      assertThat(client.post("/v1/plan", Map.of("all", true)).status()).isEqualTo(202);
    } finally {
      server.stop(0);
    }
    assertThat(requests)
        .containsExactly(
            "GET /v1/agents/a%2Fb Bearer t0ken ", "POST /v1/plan Bearer t0ken {\"all\":true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "ftp://127.0.0.1",
        "http://127.0.0.1:99999",
        "http://u:p@host",
        "http://host/path",
        "http://host?x",
        "http://["
      })
  void rejectsWhatIsNoServer(String url) {
    assertThatThrownBy(() -> RemoteClient.at(url, Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("server '" + url + "' must be a URL such as http://127.0.0.1:7071");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "tab\t", "ümlaut"})
  void rejectsATokenThatNoHeaderCarries(String token) {
    assertThatThrownBy(
            () ->
                RemoteClient.at(
                    "http://127.0.0.1:1", Optional.of(Secret.of(token)), Optional.empty()))
        .hasMessage("the token must be printable ASCII without spaces");
  }

  @Test
  void needsItsCaFile() {
    assertThatThrownBy(
            () ->
                RemoteClient.at(
                    "https://127.0.0.1:1", Optional.empty(), Optional.of(dir.resolve("ca"))))
        .isInstanceOf(NoSuchFileException.class);
  }
}
