package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Secret;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.Outcome;
import dev.fluke.source.git.GitSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A repository behind a real OpenSSH server is followed, with the real git on its other side. */
@Timeout(60)
class SshGitTest {
  private static final String ME = System.getProperty("user.name");

  @TempDir static Path dir;
  private static SshServer server;

  @BeforeAll
  static void start() throws Exception {
    server = SshServer.start(dir);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  /** The short form can't say a port, so the way does. */
  private static GitSource source(SshServer host, Repository repository) {
    return GitSource.at(ME + "@127.0.0.1:" + repository.bare).over(host.ssh());
  }

  private static String url(SshServer host, Repository repository) {
    return "ssh://" + ME + "@127.0.0.1:" + host.port + repository.bare;
  }

  @Test
  void followsEachCommitEvenOneThatRewritesHistory() throws Exception {
    Repository repository = Repository.in(dir, "infra.git");
    String one = repository.push("one");
    try (FollowedRepository infra = new FollowedRepository(source(server, repository));
        FollowedRepository same =
            new FollowedRepository(GitSource.at(url(server, repository)).over(server.ssh()))) {
      assertThat(infra.poll()).isEqualTo(one + " one");
      assertThat(same.poll()).isEqualTo(one + " one");
      assertThat(infra.poll()).isEqualTo("Unchanged[]");

      String two = repository.push("two");
      assertThat(infra.poll()).isEqualTo(two + " one two");
      repository.git("reset", "-q", "--hard", one);
      String other = repository.push("three");
      assertThat(infra.poll()).isEqualTo(other + " one three");
      assertThat(same.poll()).isEqualTo(other + " one three");

      repository.git("push", "-q", repository.bare.toString(), "HEAD:trunk");
      Repository.git(repository.bare, "branch", "-D", "main");
      assertThat(infra.away()).hasMessage("branch 'main' does not exist; the branches are trunk");
      String four = repository.push("four");
      assertThat(infra.poll()).isEqualTo(four + " four one three");
    }
    try (FollowedRepository pinned =
        new FollowedRepository(source(server, repository).commit(one))) {
      assertThat(pinned.poll()).isEqualTo(one + " one");
    }
  }

  @Test
  void reportsAnEmptyOrMissingRepositoryAsTheServerDoes() throws Exception {
    Repository empty = Repository.in(dir, "empty.git");
    try (FollowedRepository infra = new FollowedRepository(source(server, empty))) {
      assertThat(infra.away())
          .hasMessage("branch 'main' does not exist; the repository has no branch yet");
      Files.move(empty.bare, empty.bare.resolveSibling("moved.git"));
      assertThat(infra.away())
          .hasMessageContaining("; the server says: fatal: '" + empty.bare + "' does not appear")
          .message()
          .doesNotContain("\n");
    }
  }

  @Tag("G13")
  @Test
  void quotesThePathAsOneWord() throws Exception {
    Path marker = dir.resolve("marker");
    Repository strange =
        Repository.in(dir, "it's $(touch " + marker.getFileName() + ") \"a\";b.git");
    String one = strange.push("one");
    try (FollowedRepository infra = new FollowedRepository(source(server, strange))) {
      assertThat(infra.poll()).isEqualTo(one + " one");
    }
    assertThat(marker).doesNotExist();
  }

  @Test
  void usesTheUsualKeysAndKnownHostsByDefault() throws Exception {
    Repository repository = Repository.in(dir, "infra.git");
    String one = repository.push("one");
    String home = System.getProperty("user.home");
    Path ssh = Files.createDirectories(dir.resolve("home/.ssh"));
    Files.copy(server.key(), ssh.resolve("id_ed25519"));
    System.setProperty("user.home", dir.resolve("home").toString());
    try (FollowedRepository infra = new FollowedRepository(GitSource.at(url(server, repository)))) {
      assertThat(infra.away()).hasMessageContaining("host key: the host key of 127.0.0.1:");
      Files.copy(server.knownHosts(), ssh.resolve("known_hosts"));

      assertThat(infra.poll()).isEqualTo(one + " one");
    } finally {
      System.setProperty("user.home", home);
    }
  }

  @Test
  void refusesATransportThatDoesNotMatchTheUrl() {
    String problem =
        "the URL does not match over(..), which logs in as git at git.example.com:2222; leave user"
            + " and port out of it";
    Ssh way = Ssh.to("git.example.com").port(2222).user("git");

    for (String url :
        List.of(
            "git@example.com:x",
            "ann@git.example.com:x",
            "ssh://ann@git.example.com/x",
            "ssh://git.example.com:22/x")) {
      assertThat(GitSource.at(url).over(way).problems()).containsExactly(problem);
    }
    for (String url : List.of("git@Git.example.com:x", "ssh://git.example.com/x")) {
      assertThat(GitSource.at(url).over(way).problems()).isEmpty();
      assertThat(GitSource.at(url).problems()).isEmpty();
    }
  }

  @Tag("T03")
  @Test
  void refusesAnUnknownOrChangedHostKey() throws Exception {
    try (SshServer other = SshServer.start(dir)) {
      Repository repository = Repository.in(dir, "infra.git");
      repository.push("one");
      Path empty = Files.createTempFile(dir, "known", "");
      Ssh stranger = Ssh.to("127.0.0.1").port(other.port).key(other.key()).knownHosts(empty);
      try (FollowedRepository infra =
          new FollowedRepository(GitSource.at(url(other, repository)).over(stranger))) {
        assertThat(infra.away()).hasMessageContaining(" is not known; look at it with ssh-keyscan");
      }
      try (FollowedRepository infra = new FollowedRepository(source(other, repository))) {
        assertThat(infra.poll()).endsWith(" one");
        other.down();
        assertThat(infra.away())
            .hasMessage("connect: 127.0.0.1:" + other.port + ": Connection refused");
        other.newHostKey();
        other.up();
        assertThat(infra.away())
            .hasMessageContaining(" has changed or is revoked: the host was reinstalled");
      }
    }
  }

  @Tag("G12")
  @Test
  void triesARefusedLoginOncePerPollAndHidesSecrets() throws Exception {
    try (SshServer other = SshServer.start(dir)) {
      Repository repository = Repository.in(dir, "infra.git");
      String one = repository.push("one");
      Path key = dir.resolve("locked");
      SshServer.keygen(key, "-t", "ed25519", "-N", "canary-passphrase");
      Ssh refused =
          Ssh.to("127.0.0.1")
              .port(other.port)
              .key(key, Secret.of("canary-passphrase"))
              .knownHosts(other.knownHosts());
      try (FollowedRepository infra =
          new FollowedRepository(GitSource.at(url(other, repository)).over(refused))) {
        for (int i = 1; i <= 3; i++) {
          assertThat(everythingOf(infra.away()))
              .contains("login as " + ME + " refused: ")
              .doesNotContain("canary", "in an hour");
          assertThat(other.log().lines().filter(line -> line.contains("Failed publickey")))
              .hasSize(i);
        }
        Files.copy(
            dir.resolve("locked.pub"),
            other.dir.resolve("authorized_keys"),
            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(infra.poll()).isEqualTo(one + " one");
      }
    }
  }

  @Tag("G12")
  @Tag("Z02")
  @Test
  void masksAPasswordThatTheServerSendsBack() throws Exception {
    String refusal = "ERR no, canary-password";
    String hello = String.format("%04x%s", refusal.length() + 4, refusal);
    for (String command :
        List.of(
            "printf %s '" + hello + "'",
            "echo no, canary-password >&2; yes x | head -c 99999 >&2")) {
      try (SshServer other = SshServer.start(dir, "ForceCommand " + command)) {
        Repository repository = Repository.in(dir, "infra.git");
        Ssh way = other.ssh().password(Secret.of("canary-password"));
        try (FollowedRepository infra =
            new FollowedRepository(GitSource.at(url(other, repository)).over(way))) {
          assertThat(everythingOf(infra.away())).contains("no, ***").doesNotContain("canary");
          assertThat(infra.away().getMessage()).hasSizeLessThan(700);
        }
      }
    }
  }

  private static String everythingOf(Throwable failure) {
    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    return all.toString();
  }

  @Tag("R9")
  @Test
  void enforcesACommitBehindSsh() throws Exception {
    Repository repository = Repository.in(dir, "infra.git");
    Path one = dir.resolve("one");
    Path two = dir.resolve("two");
    repository.push("one", SshPairKind.file("one", "test -e " + one, "touch " + one));
    try (Reconciler reconciler =
        Reconciler.builder()
            .kind(new SshPairKind())
            .agent(Agent.named("here", server.ssh()))
            .onDrift(DriftPolicy.REMEDIATE)
            .source(source(server, repository))
            .build()) {
      assertThat(reconciler.cycle().task("one").on("here").outcome()).isEqualTo(Outcome.REMEDIATED);
      String id = repository.push("two", SshPairKind.file("two", "test -e " + two, "touch " + two));
      reconciler.cycle();

      assertThat(two).exists();
      assertThat(reconciler.status().source().revision()).contains(id);
    }
  }
}
