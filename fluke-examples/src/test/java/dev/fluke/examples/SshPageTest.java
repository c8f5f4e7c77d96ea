package dev.fluke.examples;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Secret;
import dev.fluke.examples.demo.SshServer;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.reconcile.ReconcilerBuilder;
import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.shell.Shell;
import dev.fluke.ssh.Ssh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide to SSH: its samples, and that a host set up as it says is enough. */
class SshPageTest {
  private static final Path PAGE = Path.of("..", "docs", "ssh.md");
  @TempDir Path dir;
  private Path sshd;
  private SshServer server;

  @BeforeEach
  void start() throws Exception {
    sshd = Files.createDirectory(dir.resolve("sshd"));
    server = SshServer.start(sshd);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** What the page says of its key, in place of nothing. */
  private static void restrict(Path sshd, String options) throws IOException {
    String key = Files.readString(sshd.resolve("login.pub"));
    Files.writeString(sshd.resolve("authorized_keys"), options + " " + key);
  }

  private static AgentStatus statusOf(Ssh ssh) {
    Task task =
        Task.named("shell")
            .on(everyAgent())
            .step("true", Shell.check("true").command("true"))
            .build();
    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("web-01", ssh))
            .manifest(Manifest.of(task))
            .build()) {
      reconciler.cycle();
      return reconciler.status().agent("web-01");
    }
  }

  @Test
  void declaresHosts() throws Exception {
    // tag::ssh
    Ssh web = Ssh.to("web-01.example.com").user("deploy"); // with your keys and known hosts
    // end::ssh
    Path config = Files.writeString(dir.resolve("config"), "Host web-02\n  User deploy\n");
    // tag::sshOptions
    Ssh bastion =
        Ssh.to("bastion.example.com")
            .user("jump")
            .key(Path.of("/etc/app/keys/jump"))
            .hostKey("SHA256:JXy0ZVm3TmFuYWluZyBpcyBub3QgYSBrZXkgYXQgYWw");
    Ssh db =
        Ssh.to("10.0.0.9")
            .port(2222)
            .user("fluke")
            .key(Path.of("/etc/app/keys/fleet"), Secret.from(() -> System.getenv("KEY_PASSPHRASE")))
            .knownHosts(Path.of("/etc/app/known_hosts"))
            .through(bastion)
            .keepAlive(Duration.ofSeconds(5));
    Ssh asDescribed = Ssh.config("web-02", config); // or Ssh.config("web-02"): ~/.ssh/config
    // end::sshOptions
    ReconcilerBuilder builder = Reconciler.builder();
    // tag::sshPace
    builder
        .connectionsAtMost(2_000) // 10,000: the one used longest ago is closed for one more
        .loginsPerSecond(20); // 50
    // end::sshPace

    assertThat(web).hasToString("ssh deploy@web-01.example.com:22");
    assertThat(db).hasToString("ssh fluke@10.0.0.9:2222");
    assertThat(asDescribed).isEqualTo(Ssh.to("web-02").user("deploy"));
  }

  @Test
  void worksWithAKeyThatOnlyRunsCommands() throws Exception {
    restrict(sshd, "restrict");

    assertThat(statusOf(server.ssh()).state()).isEqualTo(AgentState.REACHABLE);
  }

  @Test
  void needsOneForwardingOnAJumpHost() throws Exception {
    Path other = Files.createDirectory(dir.resolve("jump"));
    try (SshServer jump = SshServer.start(other)) {
      restrict(other, "restrict,port-forwarding,permitopen=\"" + server.ssh().address() + "\"");
      assertThat(statusOf(server.ssh().through(jump.ssh())).state())
          .isEqualTo(AgentState.REACHABLE);

      restrict(other, "restrict");
      assertThat(statusOf(server.ssh().through(jump.ssh())).state())
          .isEqualTo(AgentState.UNREACHABLE);
    }
  }

  @Test
  void reportsProblemsAsThePageDoes() throws Exception {
    Ssh good = server.ssh();
    Path unknown = Files.createFile(dir.resolve("unknown_hosts"));
    Ssh stranger = Ssh.to("127.0.0.1").port(port()).knownHosts(sshd.resolve("known_hosts"));
    Ssh nobody = good.port(1);
    Map<String, Ssh> troubles =
        Map.of(
            "connect: ", nobody,
            "connect: no address is known for", Ssh.to("no-such-host.invalid"),
            "host key: the host key of", stranger.hostKey("SHA256:" + "a".repeat(43)),
            "login as", stranger.key(sshd.resolve("host")),
            "jump host", good.through(good.port(1)));
    troubles.forEach(this::isTold);
    assertThat(statusOf(nobody).reason())
        .isEqualTo("connect: " + nobody.address() + ": Connection refused");
    assertThat(PAGE).content().contains("`connect: web-01:22: Connection refused`");
    assertThat(statusOf(good.key(dir.resolve("none"))).reason())
        .startsWith("login as ")
        .contains("can't be read");
    Ssh refused = Ssh.to("127.0.0.1").port(port()).knownHosts(unknown);
    assertThat(statusOf(refused).reason()).contains("is not known");

    restrict(sshd, "restrict,command=\"echo this account only counts sheep\"");
    isTold("the shell ended at once; it printed:", good);
  }

  private int port() {
    String address = server.ssh().address();
    return Integer.parseInt(address.substring(address.indexOf(':') + 1));
  }

  private void isTold(String beginning, Ssh ssh) {
    AgentStatus status = statusOf(ssh);
    assertThat(status.state()).isEqualTo(AgentState.UNREACHABLE);
    assertThat(status.reason()).startsWith(beginning);
    assertThat(PAGE).content().contains("`" + beginning);
  }
}
