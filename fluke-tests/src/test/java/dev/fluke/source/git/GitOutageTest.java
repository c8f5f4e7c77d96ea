package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.source.SourceUnavailableException;
import dev.fluke.time.Scheduler;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A remote that does not do what it should: it costs one look, for a bounded time. */
@Timeout(60)
class GitOutageTest {
  private @TempDir Path dir;
  private GitRepo repo;

  @BeforeEach
  void create() {
    repo = GitRepo.in(dir);
  }

  @Tag("G03")
  @Test
  void aBranchThatGoesIsNamedWithTheOthersAndComesBack() throws Exception {
    String id = repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    try (GitHttpServer server = new GitHttpServer(dir);
        FollowedSource infra = new FollowedSource(GitSource.at(server.url()).insecure());
        FollowedSource local = new FollowedSource(GitSource.at(repo.url()))) {
      assertThat(infra.poll()).isEqualTo(id + " a");
      assertThat(local.poll()).isEqualTo(id + " a");
      repo.git("push", "-q", "origin", "HEAD:trunk");
      GitRepo.run(repo.bare, "branch", "-D", "main");

      assertThat(infra.unavailable())
          .hasMessage("branch 'main' does not exist; the branches are trunk");
      assertThat(local.unavailable())
          .hasMessage("branch 'main' does not exist; the branches are trunk");
      assertThat(infra.unavailable().retryAfter()).contains(Duration.ZERO);
      String second = repo.push("Two", Map.of("b.fluke.yaml", PairKind.file("b")));
      assertThat(infra.poll()).isEqualTo(second + " a b");
    }
  }

  @Tag("G04")
  @Test
  void anEmptyRepositoryIsSaidAndItsFirstCommitPickedUp() throws Exception {
    try (GitHttpServer server = new GitHttpServer(dir);
        FollowedSource infra = new FollowedSource(GitSource.at(server.url()).insecure())) {
      assertThat(infra.unavailable())
          .hasMessage("branch 'main' does not exist; the repository has no branch yet");
      assertThat(infra.unavailable().retryAfter()).contains(Duration.ZERO);

      String id = repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));

      assertThat(infra.poll()).isEqualTo(id + " a");
    }
  }

  @Tag("G05")
  @ParameterizedTest
  @CsvSource({
    "500, '', ''",
    "503, Retry-After, 420",
    "429, Retry-After, 420",
    "503, Retry-After, soon",
  })
  void aServerThatIsInTroubleIsLeftAloneAsLongAsItAsks(int status, String header, String value)
      throws Exception {
    String id = repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    try (GitHttpServer server = new GitHttpServer(dir);
        FollowedSource infra = new FollowedSource(GitSource.at(server.url()).insecure())) {
      server.answers(
          header.isEmpty()
              ? GitHttpServer.status(status, "no")
              : GitHttpServer.status(status, "no", header, value));

      SourceUnavailableException thrown = infra.unavailable();

      assertThat(thrown).hasMessageContaining(String.valueOf(status));
      assertThat(thrown.retryAfter().isPresent()).isEqualTo(value.equals("420"));
      server.answersAsUsual();
      assertThat(infra.poll()).isEqualTo(id + " a");
    }
  }

  @Tag("G05")
  @Test
  void aPortThatIsClosedAndANameThatIsNone() throws Exception {
    int port = freePort();
    for (Map.Entry<String, String> url :
        Map.of(
                "http://127.0.0.1:" + port + "/x",
                "127.0.0.1:" + port + ": connection refused",
                "https://127.0.0.1:" + port + "/x",
                "127.0.0.1:" + port + ": connection refused",
                "git://127.0.0.1:" + port + "/x",
                "Connection refused",
                "http://nobody.invalid/x",
                "nobody.invalid:80: unknown host",
                "https://nobody.invalid/x",
                "nobody.invalid:443: unknown host",
                "git://nobody.invalid/x",
                "UnknownHostException: nobody.invalid",
                "file:///nowhere/at/all.git",
                "file:///nowhere/at/all.git: not found")
            .entrySet()) {
      try (FollowedSource infra = new FollowedSource(GitSource.at(url.getKey()).insecure())) {
        assertThat(infra.unavailable()).as(url.getKey()).hasMessageContaining(url.getValue());
      }
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Tag("G05")
  @Test
  void aDaemonThatStopsAndComesBack() throws Exception {
    String id = repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    int port = freePort();
    try (FollowedSource infra =
        new FollowedSource(GitSource.at("git://127.0.0.1:" + port + "/infra.git").insecure())) {
      Process daemon = daemon(port);
      assertThat(eventually(infra)).isEqualTo(id + " a");
      stop(daemon);
      assertThat(infra.unavailable()).hasMessageContaining("Connection refused");
      String second = repo.push("Two", Map.of("b.fluke.yaml", PairKind.file("b")));
      daemon = daemon(port);
      assertThat(eventually(infra)).isEqualTo(second + " a b");
      stop(daemon);
    }
  }

  private Process daemon(int port) throws Exception {
    return new ProcessBuilder(
            "git",
            "daemon",
            "--reuseaddr",
            "--export-all",
            "--listen=127.0.0.1",
            "--port=" + port,
            "--base-path=" + dir)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void stop(Process daemon) throws Exception {
    daemon.descendants().forEach(ProcessHandle::destroy);
    daemon.destroy();
    daemon.waitFor();
  }

  /** The first answer once the daemon listens. */
  private static String eventually(FollowedSource infra) throws Exception {
    try (Scheduler pace = Scheduler.system()) {
      for (int i = 0; i < 200; i++) {
        try {
          return infra.poll();
        } catch (SourceUnavailableException e) {
          pace.sleep(Duration.ofMillis(50));
        }
      }
    }
    throw new AssertionError("not within 10 s");
  }
}
