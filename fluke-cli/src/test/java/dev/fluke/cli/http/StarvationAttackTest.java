package dev.fluke.cli.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.cli.config.HttpConfig;
import dev.fluke.command.Secret;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers hold connections, so that others, such as a supervisor, would get none. */
@Tag("attack")
@Tag("W07")
@Tag("slow")
class StarvationAttackTest {
  private static final int TRIES = Math.max(1, Integer.getInteger("fluke.attack.tries", 20) / 20);
  private static final Executor EACH_ASIDE = work -> new Thread(work).start();
  private static final String TOKEN = "canary-token-of-32-characters-000";

  @TempDir static Path dir;

  private static final Scheduler scheduler = Scheduler.system();
  private static Reconciler reconciler;
  private static HttpServer plain;
  private static HttpServer tls;

  @BeforeAll
  static void serve() throws Exception {
    sh(
        "openssl req -x509 -nodes -days 2 -subj /CN=fluke -newkey ec"
            + " -addext subjectAltName=IP:127.0.0.1"
            + " -pkeyopt ec_paramgen_curve:prime256v1 -keyout key.pem -out cert.pem");
    reconciler =
        Reconciler.builder()
            .agent(Agent.named("here").labels(Map.of("long", "x".repeat(200))))
            .manifest(Manifest.empty())
            .build();
    reconciler.cycle();
    plain = serve(Optional.empty());
    tls = serve(Optional.of(new HttpConfig.Tls(dir.resolve("cert.pem"), dir.resolve("key.pem"))));
  }

  private static HttpServer serve(Optional<HttpConfig.Tls> files) throws Exception {
    return HttpServer.start(
        new HttpConfig("127.0.0.1", 0, Optional.of(Secret.of(TOKEN)), files),
        new Api(reconciler, scheduler, Optional.empty()));
  }

  @AfterAll
  static void stop() {
    plain.close();
    tls.close();
    reconciler.close();
    scheduler.close();
  }

  private static String sh(String line) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", line)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  private static int port(HttpServer server) {
    return URI.create(server.url()).getPort();
  }

  /** The pages that curl does not get within 5 s. */
  private static int unanswered(HttpServer server) throws Exception {
    int unanswered = 0;
    for (int i = 0; i < TRIES; i++) {
      String codes =
          sh(
              "curl -sk -m 5 -w '%%{http_code} ' -o /dev/null -o /dev/null %1$s/healthz %1$s/readyz"
                  .formatted(server.url()));
      unanswered += codes.equals("200 200 ") ? 0 : 1;
    }
    return unanswered;
  }

  @Test
  void answersHealthBesideThousandConnections() throws Exception {
    for (Flood.Kind kind : Flood.Kind.values()) {
      for (boolean fromMany : new boolean[] {false, true}) {
        HttpServer server = kind == Flood.Kind.HALF_HANDSHAKE ? tls : plain;
        int unanswered;
        try (Flood flood = Flood.of(kind, port(server), fromMany)) {
          unanswered = unanswered(server);
        }
        String name =
            "starve-%s-%s"
                .formatted(
                    kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    fromMany ? "many" : "one");
        System.out.printf("attack\t%s\t%d\t%d%n", name, TRIES, unanswered);
        assertThat(unanswered).as(name).isZero();
      }
    }
  }

  /** What a client does until its connection ends. */
  private interface Client {
    void call() throws Exception;
  }

  /** A client that sends something, and a byte now and then. */
  private static CompletableFuture<Duration> trickle(HttpServer server, String begun, String more) {
    return timed(
        () -> {
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(server))) {
            socket.setSoTimeout(500);
            socket.getOutputStream().write(begun.getBytes(ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            while (isOpen(socket, answer)) {
              if (answer.isEmpty()) {
                socket.getOutputStream().write(more.getBytes(ISO_8859_1));
              }
            }
            assertThat(answer).asString().startsWith(server == plain ? "HTTP/1.1 408 " : "");
          }
        });
  }

  private static boolean isOpen(Socket socket, StringBuilder answer) {
    try {
      int next = socket.getInputStream().read();
      answer.append(next < 0 ? "" : (char) next);
      return next >= 0;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A client that has its response, and sends on for as long as it can. */
  private static CompletableFuture<Duration> neverCloses() {
    return timed(
        () -> {
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(plain))) {
            socket.getOutputStream().write("GET /healthz HTTP/1.0\r\n\r\n".getBytes(UTF_8));
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
            while (true) {
              socket.getOutputStream().write('x');
              scheduler.sleep(Duration.ofMillis(500));
            }
          }
        });
  }

  /** OpenSSL ends the handshake, sends nothing, and gets 408. */
  private static CompletableFuture<Duration> idleInTls() {
    return timed(
        () -> {
          Process client =
              new ProcessBuilder("openssl", "s_client", "-connect", "127.0.0.1:" + port(tls))
                  .redirectErrorStream(true)
                  .start();
          String said = new String(client.getInputStream().readAllBytes(), UTF_8);
          assertThat(said).contains("HTTP/1.1 408 Request Timeout");
        });
  }

  private static CompletableFuture<Duration> timed(Client client) {
    return CompletableFuture.supplyAsync(
        () -> {
          long start = System.nanoTime();
          try {
            client.call();
          } catch (IOException e) {
            // the server has closed the connection
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return Duration.ofNanos(System.nanoTime() - start);
        },
        EACH_ASIDE);
  }

  @Test
  void closesEachConnectionTenSecondsAfterAccept() throws Exception {
    String hook = "POST /hooks/git HTTP/1.1\r\nHost: x\r\n";
    Map<String, CompletableFuture<Duration>> all =
        Map.of(
            "idle", trickle(plain, "", ""),
            "header", trickle(plain, "GET /healthz HTTP/1.1\r\nX: ", "x"),
            "body", trickle(plain, hook + "Content-Length: 100000\r\n\r\n", "x"),
            "chunks", trickle(plain, hook + "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"),
            "idle-handshake", trickle(tls, "", ""),
            "half-handshake",
                trickle(tls, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc", "\u0000"),
            "idle-in-tls", idleInTls());
    CompletableFuture<Duration> afterItsResponse = neverCloses();
    int successes = 0;
    for (Map.Entry<String, CompletableFuture<Duration>> one : all.entrySet()) {
      Duration stayed = one.getValue().get(60, TimeUnit.SECONDS);
      assertThat(stayed).as(one.getKey()).isGreaterThan(Duration.ofSeconds(8));
      successes += stayed.toSeconds() < 14 ? 0 : 1;
    }
    successes += afterItsResponse.get(60, TimeUnit.SECONDS).toSeconds() < 14 ? 0 : 1;
    System.out.printf("attack\tstarve-slowly\t%d\t%d%n", all.size() + 1, successes);
    assertThat(successes).isZero();
  }
}
