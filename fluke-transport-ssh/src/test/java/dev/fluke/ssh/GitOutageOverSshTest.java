package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.source.SourceUnavailableException;
import dev.fluke.source.git.GitSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that does not answer costs a look for a bounded time, and leaves nothing behind. */
@Timeout(300)
@Tag("slow")
class GitOutageOverSshTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofMinutes(10);

  private @TempDir Path dir;

  private static GitSource at(Ssh way) {
    return GitSource.at("ssh://" + way.address() + "/infra.git").over(way);
  }

  /** A look fails no sooner than at its limit, and nothing is left of it. */
  private static void givenUp(GitSource source, String why, Duration limit) throws Exception {
    List<String> threads = threads();
    long sockets = sockets();
    try (FollowedRepository infra = new FollowedRepository(source)) {
      long begun = System.nanoTime();

      assertThat(infra.away()).hasMessage(why);

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(limit);
      Waiting.until(
          "nothing is left of it: " + threads(),
          () -> sockets() <= sockets && threads().size() <= threads.size());
    }
  }

  /** The threads of logins and connections; those that wait for work are the scheduler's. */
  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("(fluke-(git-)?ssh|Connect thread).*"))
        .toList();
  }

  private static long sockets() throws Exception {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(GitOutageOverSshTest::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (java.io.IOException e) {
      return false; // closed meanwhile
    }
  }

  private static boolean hasLetIn(SshServer server) throws Exception {
    return server.log().contains("Accepted publickey");
  }

  private Ssh unknown(int port) throws Exception {
    Path known = Files.createTempFile(dir, "known", "");
    Path key = dir.resolve("key");
    if (Files.notExists(key)) {
      SshServer.keygen(key);
    }
    return Ssh.to("127.0.0.1").port(port).key(key).knownHosts(known);
  }

  @Tag("G06")
  @Test
  void givesUpAServerThatAcceptsAndStaysSilent() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      givenUp(
          at(unknown(silent.getLocalPort())).limits(SECOND, LONG),
          "the remote has been silent for 1 s",
          SECOND);
    }
  }

  @Tag("G06")
  @Test
  void givesUpAServerThatIsSilentAfterTheLogin() throws Exception {
    try (SshServer server = SshServer.start(dir, "ForceCommand cat >/dev/null")) {
      for (int seconds = 2; !hasLetIn(server); seconds *= 2) { // a busy machine logs in slowly
        Duration silence = Duration.ofSeconds(seconds);
        givenUp(
            at(server.ssh()).limits(silence, LONG),
            "the remote has been silent for %d s".formatted(seconds),
            silence);
      }
    }
  }

  @Tag("G07")
  @Test
  void givesUpAServerThatDripsAtTheTotalLimit() throws Exception {
    String drip = "printf 0fff; while printf x; do sleep 0.2; done";
    try (SshServer server = SshServer.start(dir, "ForceCommand " + drip)) {
      for (int seconds = 3; !hasLetIn(server); seconds *= 2) {
        Duration total = Duration.ofSeconds(seconds);
        givenUp(
            at(server.ssh()).limits(LONG, total),
            "the poll took longer than %d s".formatted(seconds),
            total);
      }
    }
  }

  @Tag("G06")
  @Test
  void endsAHangingLoginOnClose() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Ssh way = unknown(silent.getLocalPort()).loggingInWithin(LONG);
      FollowedRepository infra = new FollowedRepository(at(way).limits(LONG, LONG));
      CompletableFuture<SourceUnavailableException> look =
          CompletableFuture.supplyAsync(infra::away);
      try (Socket dialled = silent.accept()) {
        assertThat(dialled.getInputStream().read()).isEqualTo('S');

        infra.close();

        assertThat(Waiting.result(look)).hasMessage("the source was closed");
        assertThat(dialled.getInputStream().readAllBytes()).asString().startsWith("SH-2.0-");
      }
    }
  }
}
