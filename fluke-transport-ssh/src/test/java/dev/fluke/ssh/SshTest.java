package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import dev.fluke.transport.UnreachableException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in to a real OpenSSH server, and being refused by it. */
@Tag("slow")
class SshTest {
  @TempDir static Path dir;
  private static final Scheduler scheduler = Scheduler.system();
  private static SshServer server;

  @BeforeAll
  static void start() throws Exception {
    server = SshServer.start(dir);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    scheduler.close();
  }

  private static HostConnection open(Transport transport) throws Exception {
    return transport.open(Target.of("web-01", scheduler));
  }

  private static Answer ask(HostConnection connection, String script) {
    return connection.ask(List.of(Command.shell(script).timeout(Duration.ofSeconds(20)))).get(0);
  }

  private static String stdout(Answer answer) {
    return answer.fold(result -> result.stdout(), none -> "no result: " + none);
  }

  private static String stderr(Answer answer) {
    return answer.fold(result -> result.stderr(), none -> "no result: " + none);
  }

  private static int status(Answer answer) {
    return answer.fold(result -> result.exitStatus(), none -> -1);
  }

  private static String why(Answer answer) {
    return answer.fold(result -> "a result: " + result, none -> none.why());
  }

  private static UnreachableException refused(Transport transport) {
    try (HostConnection connection = open(transport)) {
      throw new AssertionError("connected: " + connection);
    } catch (UnreachableException e) {
      return e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void runsChecksOverOneConnectionAndEachApplyInItsShell() throws Exception {
    int before = server.log().split("Accepted publickey", -1).length;
    try (HostConnection connection = open(server.ssh())) {
      List<Answer> answers =
          connection.ask(
              List.of(
                  Command.shell("echo one; exit 3").timeout(Duration.ofSeconds(20)),
                  Command.of("cat").stdin("two").timeout(Duration.ofSeconds(20))));
      Answer applied =
          connection.act(
              Command.shell("cat; echo $A >&2")
                  .stdin("three")
                  .env("A", "four")
                  .timeout(Duration.ofSeconds(20)));

      assertThat(status(answers.get(0))).isEqualTo(3);
      assertThat(answers).extracting(SshTest::stdout).containsExactly("one\n", "two");
      assertThat(stdout(applied)).isEqualTo("three");
      assertThat(stderr(applied)).isEqualTo("four\n");
    }
    assertThat(server.log().split("Accepted publickey", -1)).hasSize(before + 1);
  }

  @Tag("T03")
  @Test
  void refusesAnUnknownHostKeyAndSendsNothing() throws Exception {
    Path empty = Files.createTempFile(dir, "known", "");
    UnreachableException e =
        refused(Ssh.to("127.0.0.1").port(server.port).key(server.key()).knownHosts(empty));

    assertThat(e)
        .hasMessage(
            "host key: the host key of 127.0.0.1:%s is not known; look at it with ssh-keyscan, then"
                + " add it to a file of known hosts or name it with hostKey(\"SHA256:…\")",
            server.port);
    assertThat(e.isLoginRefused()).isFalse();
    assertThat(Files.size(empty)).isZero();
  }

  @Tag("T03")
  @Tag("E24")
  @Test
  void refusesAChangedHostKeyEvenIfNewOnesAreAccepted() throws Exception {
    try (SshServer other = SshServer.start(dir)) {
      Path known = Files.createTempFile(dir, "known", "");
      Ssh accepting =
          Ssh.to("127.0.0.1").port(other.port).key(other.key()).knownHosts(known).acceptNew();
      open(accepting).close();
      assertThat(Files.readString(known)).startsWith("[127.0.0.1]:" + other.port + " ssh-ed25519 ");
      String before = Files.readString(known);
      open(accepting).close();
      other.down();
      other.newHostKey();
      other.up();

      for (Ssh ssh : List.of(accepting, other.ssh())) {
        assertThat(refused(ssh)).hasMessageContaining("has changed");
      }
      assertThat(Files.readString(known)).isEqualTo(before);
    }
  }

  @Tag("T03")
  @Test
  void trustsOnlyTheHostKeyThatIsNamed() throws Exception {
    String printed =
        SshServer.run(List.of("ssh-keygen", "-lf", server.dir.resolve("host.pub") + ""));
    String fingerprint = printed.split(" ", -1)[1];
    Ssh ssh = Ssh.to("127.0.0.1").port(server.port).key(server.key());
    open(ssh.hostKey(fingerprint)).close();

    String other = "SHA256:" + "a".repeat(43);
    assertThat(refused(ssh.hostKey(other))).hasMessageContaining("not the one that was named");
    assertThatThrownBy(() -> ssh.hostKey("MD5:00"))
        .hasMessage("'MD5:00' is not a fingerprint; copy it from ssh-keygen -l, as in SHA256:…");
  }

  @Tag("T04")
  @Test
  void triesARefusedLoginOnceAndReportsIt() throws Exception {
    Path key = dir.resolve("stranger");
    SshServer.keygen(key);
    Ssh stranger =
        Ssh.to("127.0.0.1").port(server.port).key(key).knownHosts(server.knownHosts()).user("root");

    UnreachableException e = refused(stranger);

    assertThat(e.isLoginRefused()).isTrue();
    assertThat(e).hasMessageContaining("login as root refused: ");
    assertThat(server.log().lines().filter(line -> line.contains("Failed publickey"))).hasSize(1);
  }

  @Tag("T04")
  @Test
  void triesEachRsaKeyOnce() throws Exception {
    Ssh ssh = Ssh.to("127.0.0.1").port(server.port).knownHosts(server.knownHosts());
    for (int i = 0; i < 4; i++) {
      SshServer.keygen(dir.resolve("rsa" + i), "-t", "rsa", "-b", "1024", "-N", "");
      ssh = ssh.key(dir.resolve("rsa" + i));
    }
    open(ssh.key(server.key())).close(); // the server takes 6 tries
  }

  @Test
  void offersAnOldMacOnlyIfItIsNamed() throws Exception {
    try (SshServer old = SshServer.start(dir, "MACs hmac-sha1", "Ciphers aes256-ctr")) {
      assertThat(refused(old.ssh()))
          .hasMessage(
              "handshake: the host knows only old message authentication codes (hmac-sha1); name"
                  + " one of them with mac(\"hmac-sha1\"), or in a configuration with mac:"
                  + " hmac-sha1");
      open(old.ssh().mac("hmac-sha1")).close();
    }
  }

  @Tag("T01")
  @Test
  void namesThePhaseInWhichAHostDoesNotAnswer() throws Exception {
    Ssh nobody = server.ssh().port(SshServer.freePort());
    assertThat(refused(nobody)).hasMessage("connect: " + nobody.address() + ": Connection refused");

    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ssh never = server.ssh().port(silent.getLocalPort()).loggingInWithin(Duration.ofMillis(500));
      assertThat(refused(never)).hasMessageStartingWith("handshake: ");
    }
    Ssh nowhere = Ssh.to("no-such-host.invalid").key(server.key()).knownHosts(server.knownHosts());
    assertThat(refused(nowhere))
        .hasMessage("connect: no address is known for no-such-host.invalid");
  }

  @Tag("T13")
  @Tag("T15")
  @Test
  void killsWhatAHangingCheckStarted() throws Exception {
    try (HostConnection connection = open(server.ssh())) {
      Answer standing =
          connection
              .ask(
                  List.of(
                      Command.shell("sleep 3651 & trap '' TERM; sleep 3652")
                          .timeout(Duration.ofSeconds(1))))
              .get(0);

      assertThat(why(standing)).isEqualTo("timed out after 1 s");
      assertThat(ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")))
          .noneMatch(line -> line.endsWith("sleep 3651") || line.endsWith("sleep 3652"));
      assertThat(stdout(ask(connection, "echo next"))).isEqualTo("next\n");
    }
  }

  @Test
  void logsInWithAKeyGivenAsText() throws Exception {
    String text = Files.readString(server.key(), StandardCharsets.UTF_8);
    Ssh ssh =
        Ssh.to("127.0.0.1")
            .port(server.port)
            .key(dev.fluke.command.Secret.of(text))
            .knownHosts(server.knownHosts());
    try (HostConnection connection = open(ssh)) {
      assertThat(stdout(ask(connection, "echo hello"))).isEqualTo("hello\n");
    }
  }

  @Test
  void reachesAHostThroughAnother() throws Exception {
    try (SshServer inner = SshServer.start(dir)) {
      try (HostConnection connection = open(inner.ssh().through(server.ssh()))) {
        assertThat(stdout(ask(connection, "echo inside"))).isEqualTo("inside\n");
        assertThat(connection.isOpen()).isTrue();
      }
      Ssh lost = inner.ssh().through(server.ssh().port(SshServer.freePort()));
      assertThat(refused(lost).getMessage()).startsWith("jump host 127.0.0.1:").contains("refused");
    }
  }

  @Tag("T06")
  @Test
  void worksWithAHostThatAllowsFewShells() throws Exception {
    try (SshServer narrow = SshServer.start(dir, "MaxSessions 2");
        SshServer narrowest = SshServer.start(dir, "MaxSessions 1");
        HostConnection connection = open(narrow.ssh());
        HostConnection other = open(narrowest.ssh())) {
      for (int i = 0; i < 2; i++) {
        assertThat(stdout(ask(connection, "echo checked"))).isEqualTo("checked\n");
        Command apply = Command.shell("echo applied").timeout(Duration.ofSeconds(20));
        assertThat(stdout(connection.act(apply))).isEqualTo("applied\n");
        assertThat(stdout(ask(other, "echo checked"))).isEqualTo("checked\n");
        assertThat(stdout(other.act(apply))).isEqualTo("applied\n");
      }
      Command standing = Command.shell("sleep 3653").timeout(Duration.ofSeconds(1));
      assertThat(why(connection.ask(List.of(standing)).get(0))).isEqualTo("timed out after 1 s");
      assertThat(why(connection.act(standing))).isEqualTo("timed out after 1 s, and was killed");
      assertThat(stdout(ask(connection, "echo checked"))).isEqualTo("checked\n");
      for (int i = 0; i < 2; i++) {
        Command quick = Command.shell("echo quick").timeout(Duration.ofSeconds(20));
        List<Answer> answers = other.ask(List.of(quick, standing, quick));
        assertThat(why(answers.get(1))).isEqualTo("timed out after 1 s");
        assertThat(stdout(answers.get(2))).isEqualTo("quick\n");
      }
      assertThat(why(other.act(standing))).isEqualTo("timed out after 1 s, and was killed");
      assertThat(ProcessHandle.allProcesses().map(p -> p.info().commandLine().orElse("")))
          .noneMatch(line -> line.endsWith("sleep 3653"));
      assertThat(stdout(ask(other, "echo checked"))).isEqualTo("checked\n");
    }
  }
}
