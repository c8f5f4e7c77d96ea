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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that does not answer costs a look for a bounded time, and leaves nothing behind. */
@Timeout(60)
@Tag("slow")
class GitOutageOverSshTest {
  private static final Duration MARGIN = Duration.ofSeconds(10);

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
      long until = System.nanoTime() + MARGIN.toNanos();
      while (sockets() > sockets || threads().size() > threads.size()) {
        assertThat(System.nanoTime()).as("%s", threads()).isLessThan(until);
        pause();
      }
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

  private static void pause() {
    new CompletableFuture<Void>().completeOnTimeout(null, 20, TimeUnit.MILLISECONDS).join();
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
  void aServerThatAcceptsAndStaysSilentIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Duration silence = Duration.ofSeconds(1);
      GitSource source = at(unknown(silent.getLocalPort())).limits(silence, silence.plus(MARGIN));
      long begun = System.nanoTime();

      givenUp(source, "it has been silent for 1 s", silence);

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(silence.plus(MARGIN));
    }
  }

  @Tag("G06")
  @Test
  void aServerThatIsSilentAfterTheLoginIsGivenUp() throws Exception {
    try (SshServer server = SshServer.start(dir, "ForceCommand cat >/dev/null")) {
      Duration silence = Duration.ofSeconds(4);

      givenUp(
          at(server.ssh()).limits(silence, Duration.ofMinutes(1)),
          "it has been silent for 4 s",
          silence);

      assertThat(server.log()).contains("Accepted publickey");
    }
  }

  @Tag("G07")
  @Test
  void aServerThatDripsIsGivenUpInTheEnd() throws Exception {
    String drip = "printf 0fff; while printf x; do sleep 0.2; done";
    try (SshServer server = SshServer.start(dir, "ForceCommand " + drip)) {
      Duration total = Duration.ofSeconds(6);

      givenUp(
          at(server.ssh()).limits(Duration.ofSeconds(5), total), "it took longer than 6 s", total);

      assertThat(server.log()).contains("Accepted publickey");
    }
  }

  @Tag("G06")
  @Test
  void closingEndsALogInThatHangs() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Ssh way = unknown(silent.getLocalPort());
      FollowedRepository infra = new FollowedRepository(at(way));
      CompletableFuture<SourceUnavailableException> look =
          CompletableFuture.supplyAsync(infra::away);
      try (Socket dialled = silent.accept()) {
        assertThat(dialled.getInputStream().read()).isEqualTo('S');
        long begun = System.nanoTime();

        infra.close();

        assertThat(look.get()).hasMessage("the source was closed");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(MARGIN);
        assertThat(dialled.getInputStream().readAllBytes()).asString().startsWith("SH-2.0-");
      }
    }
  }
}
