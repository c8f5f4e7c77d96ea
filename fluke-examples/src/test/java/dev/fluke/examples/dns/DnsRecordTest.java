package dev.fluke.examples.dns;

import static dev.fluke.agent.Selector.label;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fluke.agent.Agent;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.TaskReport;
import dev.fluke.testkit.ExecutorContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An agent without a host: a zone behind an API. */
class DnsRecordTest {
  private final Map<String, String> zone = new ConcurrentHashMap<>();
  private HttpServer server;
  private URI api;

  @BeforeEach
  void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    api = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/zones/example.com/");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
      if (exchange.getRequestMethod().equals("PUT")) {
        zone.put(name, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      }
      String text = zone.get(name);
      byte[] body = text == null ? new byte[0] : text.getBytes(UTF_8);
      exchange.sendResponseHeaders(text == null ? 404 : 200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private TaskReport cycle() {
    // tag::dnsTask
    Task task =
        Task.named("www")
            .on(label("serves").is("dns"))
            .step("address", new DnsRecord(api, "www", "192.0.2.7"))
            .build();
    Agent zone = Agent.named("example.com").label("serves", "dns"); // no transport, no host
    // end::dnsTask
    try (Reconciler reconciler =
        Reconciler.builder().agent(zone).manifest(Manifest.of(task)).build()) {
      return reconciler.cycle().task("www").on("example.com");
    }
  }

  @Test
  void isCreatedAndRestored() {
    assertThat(cycle()).isRemediated();
    assertThat(cycle()).isInSync();
    zone.put("www", "198.51.100.1");
    assertThat(cycle()).isRemediated();
    assertThat(zone).containsEntry("www", "192.0.2.7");
  }

  @Test
  void isUnknownWhileTheApiIsUnavailable() {
    server.stop(0);

    assertThat(cycle()).isUnknown();
  }

  @Test
  void keepsTheContract() {
    ExecutorContract.of(new DnsRecord(api, "www", "192.0.2.7")).state(zone::toString).verify();
  }
}
