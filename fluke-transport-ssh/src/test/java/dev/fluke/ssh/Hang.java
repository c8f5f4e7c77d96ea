package dev.fluke.ssh;

import dev.fluke.alert.Alert;
import dev.fluke.alert.Webhook;
import dev.fluke.command.Command;
import dev.fluke.event.Event;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.git.GitSource;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Local;
import dev.fluke.transport.Target;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long each blocking call outlives its limit when the other side says nothing. {@code
 * scripts/prove hang} runs it.
 */
public final class Hang {
  private static final double MOST = 2;
  private static final double TOLERANCE = 0.2;
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration BEAT = Duration.ofMillis(500);
  private static final Command STANDING = Command.shell("sleep 600");

  private final Scheduler scheduler = Scheduler.system();
  private final Target target = Target.of("web-01", scheduler);
  private final SshServer server;
  private boolean passed = true;

  private Hang(SshServer server) {
    this.server = server;
  }

  /** A call that comes back, with a result or a failure. */
  private interface Call {
    void make() throws Exception;
  }

  /** Prints TSV of name, value, unit, target, pass; exits with 1 if a target is missed. */
  public static void main(String[] args) throws Exception {
    Path dir = Files.createTempDirectory("fluke-hang");
    boolean passed;
    try (SshServer server = SshServer.start(dir)) {
      Hang hang = new Hang(server);
      hang.connecting();
      hang.commandsThatStand();
      hang.hostsThatStop();
      hang.remotes();
      passed = hang.passed;
      hang.scheduler.close();
    } finally {
      SshServer.run(List.of("rm", "-rf", dir.toString()));
    }
    System.exit(passed ? 0 : 1);
  }

  private void connecting() throws Exception {
    try (FullDoor door = new FullDoor()) {
      Ssh ssh = server.ssh().port(door.port()).connectingWithin(LIMIT);
      measure("ssh-connect", LIMIT, () -> ssh.open(target));
    }
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Ssh ssh = server.ssh().port(silent.getLocalPort()).loggingInWithin(LIMIT);
      measure("ssh-login", LIMIT, () -> ssh.open(target));
    }
  }

  private void commandsThatStand() throws Exception {
    Command limited = STANDING.timeout(LIMIT);
    try (HostConnection ssh = server.ssh().open(target)) {
      measure("ssh-check", LIMIT, () -> ssh.ask(List.of(limited)));
      measure("ssh-apply", LIMIT, () -> ssh.act(limited));
    }
    try (HostConnection local = Local.machine().open(target)) {
      measure("local-check", LIMIT, () -> local.ask(List.of(limited)));
      measure("local-apply", LIMIT, () -> local.act(limited));
    }
  }

  /** Three questions stay without an answer, and then the next would be due. */
  private void hostsThatStop() throws Exception {
    Duration lost = BEAT.multipliedBy(4);
    measureStopped("stopped-check", lost, host -> host.ask(List.of(STANDING)));
    measureStopped("stopped-apply", lost, host -> host.act(STANDING));
    measureStopped("stopped-hold", lost, host -> host.hold(Duration.ofMinutes(10)).close());
    measureStopped("stopped-close", lost, HostConnection::close);
  }

  private interface HostCall {
    void make(HostConnection host) throws Exception;
  }

  private void measureStopped(String name, Duration limit, HostCall call) throws Exception {
    List<ProcessHandle> before = server.connections();
    try (HostConnection host = server.ssh().keepAlive(BEAT).open(target)) {
      ProcessHandle serving =
          server.connections().stream().filter(each -> !before.contains(each)).findFirst().get();
      SshServer.signal("STOP", serving);
      try {
        measure(name, limit, () -> call.make(host));
      } finally {
        SshServer.signal("CONT", serving);
      }
    }
  }

  private void remotes() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      int port = silent.getLocalPort();
      String place = "://127.0.0.1:" + port + "/x";
      Ssh ssh = server.ssh().port(port).loggingInWithin(LIMIT);
      measureFeed("git-http", GitSource.at("http" + place).insecure());
      measureFeed("git-git", GitSource.at("git" + place).insecure());
      measureFeed("git-ssh", GitSource.at("ssh://127.0.0.1/x").over(ssh));
      Webhook webhook = Webhook.to("http://127.0.0.1:" + port + "/hook").timeout(LIMIT);
      Alert alert = Alert.of(Event.of(1, Instant.EPOCH, "drift_detected"), "1", "key", false);
      measure("webhook", LIMIT, () -> webhook.send(alert));
    }
  }

  private void measureFeed(String name, GitSource source) throws Exception {
    GitSource limited = source.limits(LIMIT, LIMIT.multipliedBy(10));
    ManifestReader reader = ManifestReader.of(new SshPairKind());
    try (ManifestSource.Feed feed = limited.open(scheduler, reader)) {
      measure(name, LIMIT, feed::poll);
    }
  }

  private void measure(String name, Duration limit, Call call) {
    long begun = System.nanoTime();
    try {
      call.make();
    } catch (Exception e) {
      // that it gave up is what is wanted
    }
    double beyond = (System.nanoTime() - begun - limit.toNanos()) / 1e9;
    boolean hung = beyond > -TOLERANCE; // or nothing was measured
    boolean inTime = hung && beyond <= MOST;
    passed &= inTime;
    System.out.printf("%s\t%.2f\ts\t<=%s\t%s%n", name, beyond, MOST, inTime);
  }
}
