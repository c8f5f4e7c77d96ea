package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.CommandResult;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.source.SourceUnavailableException;
import dev.fluke.testkit.FakeHost;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A remote that accepts and does not go on: it costs one look, for a bounded time. */
@Timeout(60)
@Tag("slow")
class GitHangTest {
  private @TempDir Path dir;

  @Tag("G06")
  @ParameterizedTest
  @ValueSource(strings = {"http", "git"})
  void aServerThatAcceptsAndStaysSilentIsGivenUp(String scheme) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        FollowedSource infra = new FollowedSource(brief(scheme, silent).insecure())) {
      long begun = System.nanoTime();

      SourceUnavailableException thrown = infra.unavailable();

      assertThat(thrown.getMessage()).containsAnyOf("silent for 700 ms", "timed out");
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofMillis(650), Duration.ofSeconds(10));
      try (Socket ours = silent.accept()) {
        ours.setSoTimeout(2_000);
        ours.getInputStream().readAllBytes(); // ends, since the other side is closed
      }
    }
  }

  @Tag("G06")
  @ParameterizedTest
  @ValueSource(strings = {"http", "git"})
  void looksThatHangLeaveNeitherThreadsNorDescriptorsBehind(String scheme) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        FollowedSource infra = new FollowedSource(brief(scheme, silent).insecure())) {
      infra.unavailable();
      silent.accept().close();
      long threads = threads();
      long sockets = sockets();
      for (int i = 0; i < 8; i++) {
        infra.unavailable();
        silent.accept().close();
      }

      assertThat(threads() - threads).as("threads of 8 looks").isLessThan(3);
      assertThat(sockets() - sockets).as("sockets of 8 looks").isLessThan(3);
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("fluke-.*|HttpClient-.*"))
        .count();
  }

  private static long sockets() throws Exception {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(GitHangTest::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  private static GitSource brief(String scheme, ServerSocket server) {
    return GitSource.at(scheme + "://127.0.0.1:" + server.getLocalPort() + "/x")
        .limits(Duration.ofMillis(700), Duration.ofSeconds(2));
  }

  @Tag("G07")
  @ParameterizedTest
  @ValueSource(strings = {"http", "git"})
  void aServerThatDripsIsGivenUpInTheEnd(String scheme) throws Exception {
    AtomicReference<Socket> accepted = new AtomicReference<>();
    try (ServerSocket dripping = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        FollowedSource infra =
            new FollowedSource(
                brief(scheme, dripping)
                    .insecure()
                    .limits(Duration.ofMillis(1_500), Duration.ofSeconds(2)))) {
      Thread drip = new Thread(() -> drip(dripping, accepted, scheme));
      drip.start();
      long begun = System.nanoTime();

      SourceUnavailableException thrown = infra.unavailable();

      assertThat(thrown).hasMessage("the poll took longer than 2 s");
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(15));
      accepted.get().close();
      drip.join();
    }
  }

  /** One byte each tenth of a second, without an end. */
  private static void drip(ServerSocket server, AtomicReference<Socket> accepted, String scheme) {
    try (Scheduler pace = Scheduler.system();
        Socket socket = server.accept()) {
      accepted.set(socket);
      OutputStream out = socket.getOutputStream();
      if (scheme.equals("http")) {
        out.write(
            ("HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n"
                    + "Content-Length: 100000\r\n\r\n001e# service=git-upload-pack\n0000ffff")
                .getBytes(StandardCharsets.US_ASCII));
      } else {
        out.write("ffff".getBytes(StandardCharsets.US_ASCII));
      }
      while (true) {
        out.write('x');
        out.flush();
        pace.sleep(Duration.ofMillis(100));
      }
    } catch (IOException e) {
      // the client gave up
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Tag("G06")
  @Test
  void closingEndsALookThatHangs() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      FollowedSource infra =
          new FollowedSource(
              GitSource.at("git://127.0.0.1:" + silent.getLocalPort() + "/x").insecure());
      CompletableFuture<SourceUnavailableException> look =
          CompletableFuture.supplyAsync(infra::unavailable);
      silent.accept();
      long begun = System.nanoTime();

      infra.close();

      assertThat(look.get()).hasMessage("the source was closed");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Tag("G06")
  @Test
  void cyclesGoOnWhileALookHangs() throws Exception {
    GitRepo.in(dir).push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    AtomicReference<CountDownLatch> cycles = new AtomicReference<>(new CountDownLatch(1));
    FakeHost web = FakeHost.named("web");
    web.answer(
        "check a",
        command -> {
          cycles.get().countDown();
          return CommandResult.exited(0);
        });
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    try (GitHttpServer server = new GitHttpServer(dir);
        Reconciler reconciler =
            Reconciler.builder()
                .kind(new PairKind())
                .agent(Agent.named("web-01", web))
                .source(GitSource.at(server.url()).insecure())
                .pollInterval(Duration.ofMillis(100))
                .build()) {
      reconciler.start();
      assertThat(cycles.get().await(20, TimeUnit.SECONDS)).isTrue();
      server.answers(
          exchange -> {
            hangs.countDown();
            try {
              goesOn.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      assertThat(hangs.await(20, TimeUnit.SECONDS)).isTrue();
      cycles.set(new CountDownLatch(5));

      assertThat(cycles.get().await(20, TimeUnit.SECONDS)).isTrue();

      assertThat(goesOn.getCount()).as("the look still hangs").isOne();
      goesOn.countDown();
    }
  }
}
