package dev.fluke.ssh;

import static dev.fluke.ssh.Lab.ask;
import static dev.fluke.ssh.Lab.none;
import static dev.fluke.ssh.Lab.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.ssh.CuttingProxy.Way;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.HostConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that fall silent: stopped, rebooted, or behind a firewall that forgot the connection. */
@Tag("slow")
class SilentHostTest {
  @RegisterExtension static final Lab lab = new Lab();
  private static final Duration BEAT = Duration.ofMillis(300);
  @TempDir Path dir;

  /** Far longer than to notice the silence may take, so that no limit of a command ends a wait. */
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Command echo = Command.of("echo", "hello").timeout(LONG);

  private HostConnection connection;
  private ProcessHandle serving;

  /** A connection whose server process can be stopped. */
  private HostConnection opened() throws Exception {
    serving = lab.serving(() -> connection = lab.open(lab.server().ssh().keepAlive(BEAT)));
    return connection;
  }

  private void stop() throws Exception {
    SshServer.signal("STOP", serving);
    ProcessHandle stopped = serving;
    lab.opened(() -> SshServer.signal("CONT", stopped));
  }

  private static <T> T soon(CompletableFuture<T> done) throws Exception {
    return Waiting.result(done);
  }

  @Tag("T07")
  @Test
  void givesUpAHostThatStopsBeforeTheLogin() throws Exception {
    SshServer.signal("STOP", lab.server().listener());
    try {
      Ssh ssh = lab.server().ssh().loggingInWithin(Duration.ofMillis(500));
      assertThat(lab.refused(ssh)).hasMessageStartingWith("handshake: no");
    } finally {
      SshServer.signal("CONT", lab.server().listener());
    }
    assertThat(stdout(ask(lab.open(lab.server().ssh()), echo))).isEqualTo("hello\n");
  }

  @Tag("T07")
  @Test
  void noticesAtTheNextCheckThatAnIdleHostStopped() throws Exception {
    opened();
    stop();

    assertThat(none(soon(Lab.aside(() -> ask(connection, echo)))).reason())
        .isEqualTo(Reason.CONNECTION_LOST);
    assertThat(connection.isOpen()).isFalse();
    assertThat(stdout(ask(lab.open(lab.server().ssh()), echo))).isEqualTo("hello\n");
    SshServer.signal("CONT", serving);
    lab.until("the server lets go of it", () -> !serving.isAlive());
  }

  @Tag("T07")
  @Test
  void endsTheWaitForAHostThatStopsDuringACommand() throws Exception {
    Command standing =
        Command.shell("touch \"$D/begun\"; until test -e \"$D/go\"; do sleep 0.05; done")
            .env("D", dir.toString())
            .timeout(LONG);
    for (boolean apply : new boolean[] {false, true}) {
      HostConnection open = opened();
      CompletableFuture<Answer> waiting =
          Lab.aside(() -> apply ? open.act(standing) : ask(open, standing));
      lab.until("it begins", () -> Files.exists(dir.resolve("begun")));
      stop();

      assertThat(none(soon(waiting)).reason())
          .isEqualTo(apply ? Reason.END_NOT_KNOWN : Reason.CONNECTION_LOST);
      SshServer.signal("CONT", serving);
      Files.delete(dir.resolve("begun"));
    }
    Files.createFile(dir.resolve("go"));
    assertThat(stdout(lab.open(lab.server().ssh()).act(echo))).isEqualTo("hello\n");
  }

  @Tag("T07")
  @Test
  void endsTheWaitForAHostThatStopsDuringALargeWrite() throws Exception {
    opened();
    stop();
    Command large = Command.of("cksum").stdin(new byte[8 * 1024 * 1024]).timeout(LONG);

    CompletableFuture<Answer> waiting = Lab.aside(() -> ask(connection, large));
    assertThat(none(soon(waiting)).reason()).isEqualTo(Reason.CONNECTION_LOST);
  }

  @Tag("T07")
  @Test
  void noticesASilentHostBehindAJumpHost() throws Exception {
    try (SshServer jump = SshServer.start(lab.dir())) {
      CuttingProxy proxy = lab.opened(new CuttingProxy(jump.port));
      Ssh way = Ssh.to("127.0.0.1").port(proxy.port).key(jump.key()).hostKey(jump.fingerprint());
      Ssh behind = lab.server().ssh().keepAlive(BEAT).through(way);
      serving = lab.serving(() -> connection = lab.open(behind));
      long before = proxy.passed(Way.UP);
      lab.until("some questions were asked", () -> proxy.passed(Way.UP) > before + 500);
      assertThat(stdout(ask(connection, echo))).as("idle, and asked").isEqualTo("hello\n");
      stop();

      assertThat(none(soon(Lab.aside(() -> ask(connection, echo)))).reason())
          .isEqualTo(Reason.CONNECTION_LOST);
      lab.until("it is noticed", () -> !connection.isOpen());
      connection.close();
    }
  }

  @Tag("T20")
  @Test
  void noticesADroppedIdleConnectionByKeepAlive() throws Exception {
    CuttingProxy proxy = lab.proxy();
    connection = lab.open(lab.through(proxy).keepAlive(BEAT));
    proxy.silence();

    lab.until("it is noticed", () -> !connection.isOpen());
    assertThat(none(ask(connection, echo)).reason()).isEqualTo(Reason.CONNECTION_LOST);
    assertThat(stdout(ask(lab.open(lab.through(proxy)), echo))).isEqualTo("hello\n");
  }

  @Tag("T20")
  @Test
  void sendsNoApplyIntoADroppedConnection() throws Exception {
    CuttingProxy proxy = lab.proxy();
    connection = lab.open(lab.through(proxy));
    proxy.silence();
    long before = proxy.passed(Way.UP);
    Command apply = Command.of("touch", dir.resolve("applied").toString()).timeout(LONG);

    assertThat(none(soon(Lab.aside(() -> connection.act(apply))))).isNotNull();
    assertThat(connection.isOpen()).isFalse();
    assertThat(proxy.passed(Way.UP)).isEqualTo(before);
    HostConnection again = lab.open(lab.through(proxy));
    assertThat(stdout(again.act(echo))).isEqualTo("hello\n");
    assertThat(dir.resolve("applied")).doesNotExist();
  }

  @Tag("T20")
  @Test
  void reachesAServerThatWasRestarted() throws Exception {
    opened();
    lab.server().down();
    serving.destroyForcibly();
    lab.server().up();

    assertThat(none(ask(connection, echo)).reason()).isEqualTo(Reason.CONNECTION_LOST);
    assertThat(stdout(ask(lab.open(lab.server().ssh()), echo))).isEqualTo("hello\n");
  }
}
