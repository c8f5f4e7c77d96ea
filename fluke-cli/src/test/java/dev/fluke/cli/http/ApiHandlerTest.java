package dev.fluke.cli.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.cli.config.HttpConfig;
import dev.fluke.command.Secret;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.time.Scheduler;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The daemon still answers when its code fails with an error. */
class ApiHandlerTest {
  private static final String TOKEN = "canary-token-of-32-characters-000";

  private final Scheduler scheduler = Scheduler.system();
  private final RecordedTrail trail = new RecordedTrail();
  private Reconciler reconciler;
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    reconciler = Reconciler.builder().agent(Agent.named("here")).manifest(Manifest.empty()).build();
    server =
        HttpServer.start(
            new HttpConfig("127.0.0.1", 0, Optional.of(Secret.of(TOKEN)), Optional.empty()),
            new Api(reconciler, scheduler, Optional.empty(), trail));
    trail.whenResponded =
        () -> {
          throw new StackOverflowError("of the test");
        };
  }

  @AfterEach
  void close() {
    server.close();
    reconciler.close();
    scheduler.close();
  }

  /** The response to a request of a caller. */
  private String sent(String line, String header) throws Exception {
    int port = URI.create(server.url()).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      String request =
          "%s HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n"
              .formatted(line, TOKEN, header);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void answersWhenAPageFailsWithAnError() throws Exception {
    assertThat(sent("GET /v1/agents", "Accept: */*"))
        .startsWith("HTTP/1.1 500 ")
        .doesNotContain("of the test");
  }

  @Test
  void answersWhenARefusalFailsWithAnError() throws Exception {
    assertThat(sent("GET /v1/agents", "Content-Encoding: gzip"))
        .startsWith("HTTP/1.1 500 ")
        .doesNotContain("of the test");
  }
}
