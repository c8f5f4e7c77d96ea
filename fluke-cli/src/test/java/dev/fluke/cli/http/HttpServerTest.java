package dev.fluke.cli.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.cli.config.HttpConfig;
import dev.fluke.command.Secret;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.source.PushWebhook;
import dev.fluke.time.Scheduler;
import dev.fluke.webhook.WebhookSignature;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The API over a plain socket. */
class HttpServerTest {
  private static final String TOKEN = "canary-token-of-the-api";
  private static final String HOOK = "canary-secret-of-the-hook";

  private final Scheduler scheduler = Scheduler.system();
  private Reconciler reconciler;
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    serve(Optional.of(Secret.of(TOKEN)), Optional.of(Secret.of(HOOK)));
  }

  private void serve(Optional<Secret> token, Optional<Secret> secret) throws Exception {
    reconciler = Reconciler.builder().agent(Agent.named("here")).manifest(Manifest::empty).build();
    Optional<PushWebhook> hook =
        secret.map(
            it -> PushWebhook.signedWith(it, reconciler::pollNow).forRepository("https://h/infra"));
    server =
        HttpServer.start(
            new HttpConfig("127.0.0.1", 0, token, Optional.empty()),
            new Api(reconciler, scheduler, hook));
  }

  @AfterEach
  void stop() {
    server.close();
    reconciler.close();
    scheduler.close();
  }

  private int port() {
    return URI.create(server.url()).getPort();
  }

  /** The response to these bytes; empty if the connection is cut. */
  private String sent(String... parts) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      for (String part : parts) {
        out.write(part.getBytes(UTF_8));
        out.flush();
      }
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private String get(String path, String... headers) throws Exception {
    return sent("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + lines(headers) + "\r\n");
  }

  private String post(String path, String body, String... headers) throws Exception {
    return sent(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
            + body.getBytes(UTF_8).length
            + "\r\n"
            + lines(headers)
            + "\r\n",
        body);
  }

  private static String lines(String... headers) {
    return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }

  @Tag("W06")
  @Test
  void requiresTheTokenExceptForHealth() throws Exception {
    String bearer = "Authorization: Bearer " + TOKEN;
    for (String path : new String[] {"/v1/status", "/v1/agents", "/v1/events", "/metrics"}) {
      assertThat(status(get(path))).isEqualTo(401);
      assertThat(status(get(path, bearer + "x"))).isEqualTo(401);
      assertThat(status(get(path, "Authorization: Bearer "))).isEqualTo(401);
      assertThat(status(get(path, bearer, bearer))).isEqualTo(401);
      assertThat(status(get(path, "Authorization: Basic " + TOKEN))).isEqualTo(401);
      assertThat(status(get(path, bearer))).isEqualTo(200);
    }
    assertThat(get("/v1/status")).contains("WWW-Authenticate: Bearer").doesNotContain("canary");
    assertThat(status(get("/healthz"))).isEqualTo(200);
    assertThat(status(get("/v1/no-such-page"))).isEqualTo(401);
    assertThat(status(get("/v1/no-such-page", bearer))).isEqualTo(404);
    assertThat(status(post("/v1/status", "{}", bearer))).isEqualTo(405);
  }

  @Test
  void isReadyOnceThereIsAManifest() throws Exception {
    assertThat(status(get("/readyz"))).isEqualTo(503);
    reconciler.cycle();
    assertThat(status(get("/readyz"))).isEqualTo(200);
  }

  @Tag("W06")
  @Test
  void acceptsOnlySignedPushes() throws Exception {
    String body = "{\"ref\":\"refs/heads/main\"}";
    Instant now = Instant.now();
    String signature = WebhookSignature.of(HOOK, "id-1", now, body.getBytes(UTF_8));
    String[] signed = {
      "webhook-id: id-1",
      "webhook-timestamp: " + now.getEpochSecond(),
      "webhook-signature: " + signature
    };

    assertThat(status(post("/hooks/git", body, signed))).isEqualTo(202);
    assertThat(status(post("/hooks/git", body, "X-Gitlab-Token: " + HOOK))).isEqualTo(202);
    String wrong = post("/hooks/git", body + " ", signed);
    assertThat(status(wrong)).isEqualTo(401);
    for (String header :
        new String[] {
          "X-Gitlab-Token: x", "X-Hub-Signature: sha1=00", "X-Hub-Signature-256: ", "X: y"
        }) {
      assertThat(withoutDate(post("/hooks/git", body, header))).isEqualTo(withoutDate(wrong));
    }
    String twice = "X-Gitlab-Token: " + HOOK;
    assertThat(status(post("/hooks/git", body, twice, twice))).isEqualTo(401);
  }

  private static String withoutDate(String answer) {
    return answer.replaceAll("Date: .*\r\n", "");
  }

  @Tag("W06")
  @Test
  void acceptsNoPushWithoutASecret() throws Exception {
    stop();
    serve(Optional.empty(), Optional.empty());

    assertThat(status(post("/hooks/git", "{}", "X-Gitlab-Token: "))).isEqualTo(401);
    assertThat(status(post("/hooks/git", "{}"))).isEqualTo(401);
  }

  @Tag("W07")
  @Test
  void rejectsLargeRequests() throws Exception {
    String twoMiB = "x".repeat(2 * 1024 * 1024);

    assertThat(status(post("/hooks/git", twoMiB, "X-Gitlab-Token: " + HOOK))).isEqualTo(413);
    String chunk = "100000\r\n" + "x".repeat(0x100000) + "\r\n";
    assertThat(
            status(
                sent(
                    "POST /hooks/git HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
                    chunk,
                    chunk,
                    "0\r\n\r\n")))
        .isEqualTo(413);
    assertThat(status(get("/healthz", "X: " + "x".repeat(20_000)))).isEqualTo(431);
    assertThat(status(post("/hooks/git", "x", "Content-Encoding: gzip"))).isEqualTo(415);
  }

  @Test
  void servesOnlyOpenPagesAndMetricsWithoutAToken() throws Exception {
    stop();
    serve(Optional.empty(), Optional.empty());

    assertThat(status(get("/healthz"))).isEqualTo(200);
    assertThat(status(get("/metrics"))).isEqualTo(200);
    assertThat(status(sent("GET /metrics HTTP/1.1\r\nHost: evil.example.com\r\n\r\n")))
        .isEqualTo(403);
    for (String path : new String[] {"/v1/status", "/v1/agents", "/v1/runs/1", "/none"}) {
      assertThat(get(path)).contains(" 403 ", "use the Unix socket, or set tokens");
    }
    assertThat(status(post("/v1/reconcile", "{\"all\":true}", "Content-Type: application/json")))
        .isEqualTo(403);
  }

  @Test
  void requiresJson() throws Exception {
    String bearer = "Authorization: Bearer " + TOKEN;
    assertThat(status(post("/v1/reconcile", "{\"all\":true}", bearer, "Content-Type: text/plain")))
        .isEqualTo(415);
  }

  @Test
  void explainsInvalidRequests() throws Exception {
    Map<String, String> wrong =
        Map.of(
            "{", "the body is not a JSON object in UTF-8 with unique keys",
            "[]", "the body is not a JSON object in UTF-8 with unique keys",
            "{}", "set some of 'task', 'agent', 'selector', or only 'all': true",
            "{\"all\":true,\"agent\":\"a\"}",
                "set some of 'task', 'agent', 'selector', or only 'all': true",
            "{\"all\":true,\"force\":true}", "'force' requires a task or an agent",
            "{\"tsk\":\"a\"}", "unknown key [tsk]; known: task, agent, selector, all",
            "{\"agent\":7}", "'agent' must be a text of at most 500 characters",
            "{\"agent\":\"../x\"}", "agent name '../x'");
    String[] headers = {"Authorization: Bearer " + TOKEN, "Content-Type: application/json"};

    for (Map.Entry<String, String> one : wrong.entrySet()) {
      String answer = post("/v1/reconcile", one.getKey(), headers);
      assertThat(status(answer)).as(one.getKey()).isEqualTo(400);
      assertThat(answer).contains(one.getValue());
    }
    assertThat(status(get("/v1/agents/a%zz", headers[0]))).isEqualTo(400);
    assertThat(status(get("/v1/events?limit=many", headers[0]))).isEqualTo(400);
  }
}
