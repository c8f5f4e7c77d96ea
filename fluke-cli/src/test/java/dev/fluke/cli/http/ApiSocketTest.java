package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.fluke.agent.Agent;
import dev.fluke.cli.access.Credentials;
import dev.fluke.cli.config.HttpConfig;
import dev.fluke.cli.config.SocketConfig;
import dev.fluke.cli.socket.AnotherUser;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.time.Scheduler;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API at a Unix socket, called by real users with curl. */
class ApiSocketTest {
  private static final String GROUP = "adm";

  @TempDir Path dir;
  private final Scheduler scheduler = Scheduler.system();
  private Reconciler reconciler;
  private Path socket;

  @BeforeEach
  void build() throws Exception {
    Files.setAttribute(dir, "unix:mode", 0755);
    socket = dir.resolve("run/fluke.sock");
    reconciler = Reconciler.builder().agent(Agent.named("here")).manifest(Manifest.empty()).build();
  }

  @AfterEach
  void close() {
    reconciler.close();
    scheduler.close();
  }

  private HttpServer serve(Optional<String> group) throws Exception {
    SocketConfig config = new SocketConfig(socket, group, true);
    return start(
        new HttpConfig(
            Optional.empty(), Credentials.none(), Optional.empty(), Optional.of(config)));
  }

  private HttpServer start(HttpConfig config) throws Exception {
    return HttpServer.start(config, new Api(reconciler, scheduler, Optional.empty()));
  }

  /** The status of a run of everything, or with {@code force} of the agent; 0 if not connected. */
  private static int run(AnotherUser user, Path socket, String body) throws Exception {
    String status =
        user.sh(
                "curl -s -o /dev/null -w '%{http_code}' --unix-socket '"
                    + socket
                    + "' -H 'Content-Type: application/json' -d '"
                    + body
                    + "' http://localhost/v1/reconcile")
            .out();
    return Integer.parseInt(status);
  }

  @Test
  void servesRootWithAllRights() throws Exception {
    AnotherUser root = new AnotherUser(0, List.of());
    try (HttpServer server = serve(Optional.empty())) {
      assertThat(server.places()).isEqualTo("the API is at unix:" + socket);
      assertThat(run(root, socket, "{\"agent\":\"here\",\"force\":true}")).isEqualTo(202);
      assertThat(run(AnotherUser.STRANGER, socket, "{\"all\":true}")).isZero();
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void servesMembersOfTheGroupWithoutForce() throws Exception {
    AnotherUser member = AnotherUser.memberOf(GROUP);
    try (HttpServer server = serve(Optional.of(GROUP))) {
      assertThat(run(member, socket, "{\"agent\":\"here\"}")).isEqualTo(202);
      assertThat(run(member, socket, "{\"agent\":\"here\",\"force\":true}")).isEqualTo(403);
      assertThat(run(member, socket, "{\"agent\":\"here\",\"actor\":\"root\"}")).isEqualTo(400);
      assertThat(run(AnotherUser.STRANGER, socket, "{\"all\":true}")).isZero();
      assertThat(server.places()).doesNotContain("http");
    }
  }

  @Test
  void servesBothDoorsWithAToken() throws Exception {
    SocketConfig config = new SocketConfig(socket, Optional.empty(), true);
    HttpConfig both =
        new HttpConfig(
            Optional.of(new HttpConfig.Address("127.0.0.1", 0)),
            Credentials.of("canary-of-both-doors-0123456789ab"),
            Optional.empty(),
            Optional.of(config));
    try (HttpServer server = start(both)) {
      assertThat(server.places())
          .isEqualTo("the API is at %s and unix:%s".formatted(server.url(), socket));
    }
  }

  @Test
  void answersWhileStrangersKeepTheOtherDoorBusy() throws Exception {
    CountDownLatch busy = new CountDownLatch(2);
    CountDownLatch end = new CountDownLatch(1);
    RecordedTrail trail = new RecordedTrail();
    trail.whenAsked =
        () -> {
          busy.countDown();
          Uninterruptibles.awaitUninterruptibly(end);
        };
    HttpConfig both =
        new HttpConfig(
            Optional.of(new HttpConfig.Address("127.0.0.1", 0)),
            Credentials.none(),
            Optional.empty(),
            Optional.of(new SocketConfig(socket, Optional.empty(), true)));
    Api api = new Api(reconciler, scheduler, Optional.empty(), trail);
    String metrics = "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    try (HttpServer server = HttpServer.start(both, api);
        Flood flood = Flood.of(metrics, URI.create(server.url()).getPort(), true)) {
      assertThat(flood).isNotNull();
      busy.await();
      assertThat(statuses("/healthz", "/v1/agents", "/v1/agents/here")).isEqualTo("200 200 200 ");
      end.countDown();
    } finally {
      end.countDown();
    }
  }

  /** The statuses that root gets for these pages. */
  private String statuses(String... pages) throws Exception {
    StringBuilder line = new StringBuilder("curl -s -m 5 -w '%{http_code} ' --unix-socket ");
    line.append(socket);
    for (String page : pages) {
      line.append(" -o /dev/null http://localhost").append(page);
    }
    return new AnotherUser(0, List.of()).sh(line.toString()).out();
  }

  @Test
  void worksWithoutASocketThatIsNotRequired() throws Exception {
    Files.writeString(Files.createDirectory(socket.getParent()).resolve("other"), "");
    SocketConfig config = new SocketConfig(socket, Optional.empty(), false);
    HttpConfig overTcp =
        new HttpConfig(
            Optional.of(new HttpConfig.Address("127.0.0.1", 0)),
            Credentials.of("canary-of-the-other-door-0123456"),
            Optional.empty(),
            Optional.of(config));
    try (HttpServer server = start(overTcp)) {
      assertThat(server.places()).isEqualTo("the API is at " + server.url());
    }
    assertThatThrownBy(() -> serve(Optional.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("can't use the socket, 'http.socket': " + socket.getParent());
  }

  @Test
  void leavesNothingBehindIfItCantListen() throws Exception {
    SocketConfig config = new SocketConfig(socket, Optional.empty(), true);
    try (HttpServer first = serve(Optional.empty())) {
      assertThat(first.places()).contains("unix:");
      assertThatThrownBy(() -> serve(Optional.empty()))
          .hasMessageContaining("another daemon runs at " + socket);
      assertThat(run(new AnotherUser(0, List.of()), socket, "{\"all\":true}")).isEqualTo(202);
    }
    HttpConfig taken =
        new HttpConfig(
            Optional.of(new HttpConfig.Address("192.0.2.1", 7)),
            Credentials.none(),
            Optional.empty(),
            Optional.of(config));
    assertThatThrownBy(() -> start(taken)).hasMessageStartingWith("can't listen on 192.0.2.1:7: ");
    assertThat(socket).doesNotExist();
    serve(Optional.empty()).close();
  }
}
