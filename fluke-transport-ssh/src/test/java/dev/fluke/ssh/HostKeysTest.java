package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.time.Scheduler;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Keys of hosts that must not be trusted, and other ways to hold a key of one's own. */
class HostKeysTest {
  @RegisterExtension static final Lab lab = new Lab();
  @TempDir Path dir;

  private Ssh knowing(String line) throws Exception {
    Path known = Files.writeString(dir.resolve("known"), line);
    return Ssh.to("127.0.0.1").port(lab.server().port).key(lab.server().key()).knownHosts(known);
  }

  private String hostKey() throws Exception {
    return Files.readString(lab.server().dir.resolve("host.pub")).strip();
  }

  @Tag("T03")
  @Test
  void refusesARevokedKeyEvenIfNewOnesAreAccepted() throws Exception {
    String name = "[127.0.0.1]:" + lab.server().port;
    for (String line :
        List.of(
            "@revoked " + name + " " + hostKey() + "\n",
            "@revoked * " + hostKey() + "\n",
            name + " " + hostKey() + "\n@revoked * " + hostKey() + "\n")) {
      for (Ssh ssh : List.of(knowing(line), knowing(line).acceptNew())) {
        assertThat(lab.refused(ssh)).as(line).hasMessageStartingWith("host key: ");
      }
      assertThat(dir.resolve("known")).hasContent(line);
    }
  }

  @Tag("T03")
  @Test
  void appliesPatternsOfHostsToKnownAndChangedKeys() throws Exception {
    lab.open(knowing("!10.*,[127.*.?]:* " + hostKey() + "\n")).close();
    SshServer.keygen(dir.resolve("changed"));
    String changed = "*,!10.0.0.1 " + Files.readString(dir.resolve("changed.pub")).strip() + "\n";
    assertThat(lab.refused(knowing(changed).acceptNew())).hasMessageContaining("has changed");
    assertThat(dir.resolve("known")).hasContent(changed);
    lab.open(knowing("*,!*:* " + hostKey() + "\n")).close(); // as ssh: without the port it matches
    assertThat(lab.refused(knowing("*,!*:*,!127.0.0.1 " + hostKey() + "\n")))
        .hasMessageContaining("is not known");
  }

  @Tag("T03")
  @Test
  void refusesAKeyOfAnotherTypeThanTheKnownOne() throws Exception {
    Path other = dir.resolve("other");
    SshServer.keygen(other, "-t", "ecdsa", "-N", "");
    String line =
        "[127.0.0.1]:"
            + lab.server().port
            + " "
            + Files.readString(dir.resolve("other.pub")).strip()
            + "\n";
    for (Ssh ssh : List.of(knowing(line), knowing(line).acceptNew())) {
      assertThat(lab.refused(ssh).isLoginRefused()).isFalse();
      assertThat(dir.resolve("known")).hasContent(line);
    }
  }

  @Tag("T03")
  @Test
  void asksForTheTypeOfKeyThatIsKnown() throws Exception {
    SshServer.keygen(dir.resolve("ecdsa"), "-t", "ecdsa", "-N", "");
    SshServer.keygen(dir.resolve("rsa"), "-t", "rsa", "-b", "2048", "-N", "");
    String[] more = {"HostKey " + dir.resolve("rsa"), "HostKey " + dir.resolve("ecdsa")};
    try (SshServer server = SshServer.start(dir, more)) {
      String name = "[127.0.0.1]:" + server.port;
      for (String hosts : List.of(name, "[127.0.0.*]:" + server.port, "127.0.0.*", "hashed")) {
        String key =
            Files.readString(dir.resolve(hosts.length() % 2 == 0 ? "rsa.pub" : "ecdsa.pub"));
        boolean hashed = hosts.equals("hashed");
        Ssh ssh = certified(server, (hashed ? name : hosts) + " " + key);
        if (hashed) {
          SshServer.run(List.of("ssh-keygen", "-q", "-H", "-f", dir.resolve("known") + ""));
        }
        lab.open(ssh.acceptNew()).close();
        assertThat(Files.readAllLines(dir.resolve("known"))).as(hosts).hasSize(1);
      }
    }
  }

  @Tag("T03")
  @Test
  void trustsACertificateWhereItsAuthorityIsTrustedForTheHost() throws Exception {
    Path authority = dir.resolve("authority");
    SshServer.keygen(authority);
    String key = Files.readString(dir.resolve("authority.pub"));
    try (SshServer server = SshServer.start(dir)) {
      server.certify(authority, "127.0.0.1");
      server.down();
      server.up();
      for (String hosts : List.of("*", "[127.0.0.*]:" + server.port, "127.0.0.1")) {
        lab.open(certified(server, "@cert-authority " + hosts + " " + key)).close();
      }
      for (String lines :
          List.of(
              "@cert-authority *,![127.*]:*,!127.* " + key,
              "@cert-authority 10.0.0.* " + key,
              "@cert-authority * " + key + "@revoked * " + key,
              "@cert-authority * " + key + "@revoked * " + certificate(server),
              "* " + key)) {
        Ssh ssh = certified(server, lines);
        assertThat(lab.refused(ssh)).as(lines).hasMessageStartingWith("host key: ");
      }
    }
  }

  private static String certificate(SshServer server) throws Exception {
    return Files.readString(server.dir.resolve("host-cert.pub"));
  }

  private Ssh certified(SshServer server, String lines) throws Exception {
    return knowing(lines).port(server.port).key(server.key());
  }

  @Test
  void logsInWithACertificateThatTheServerTrusts() throws Exception {
    Path authority = dir.resolve("authority");
    SshServer.keygen(authority);
    Path key = dir.resolve("signed");
    SshServer.keygen(key);
    try (SshServer server = SshServer.start(dir, "TrustedUserCAKeys " + authority + ".pub")) {
      Ssh ssh = Ssh.to("127.0.0.1").port(server.port).knownHosts(server.knownHosts());
      String user = System.getProperty("user.name");
      SshServer.run(
          List.of("ssh-keygen", "-q", "-s", authority + "", "-I", "one", "-n", user, key + ".pub"));

      lab.open(ssh.certificate(key, dir.resolve("signed-cert.pub"))).close();
      assertThat(lab.refused(ssh.key(key)).isLoginRefused()).isTrue();
    }
  }

  @Test
  void logsInWithTheKeysOfAnAgent() throws Exception {
    Path socket = dir.resolve("agent");
    Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
    try {
      lab.until("the agent listens", () -> Files.exists(socket));
      assertThat(connecting(socket)).isEqualTo("LOGIN REFUSED");
      Process adding = withAgent(socket, "ssh-add", "-q", lab.server().key().toString());
      assertThat(adding.waitFor()).isZero();
      assertThat(connecting(socket)).isEqualTo("CONNECTED");
    } finally {
      agent.destroy();
    }
  }

  private static Process withAgent(Path socket, String... argv) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("SSH_AUTH_SOCK", socket.toString());
    return builder.start();
  }

  /** In a process of its own, for the sake of its environment. */
  private static String connecting(Path socket) throws Exception {
    Process process =
        withAgent(
            socket,
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            Connecting.class.getName(),
            String.valueOf(lab.server().port),
            lab.server().knownHosts().toString());
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Says whether the agent's keys let in. */
  static final class Connecting {
    private Connecting() {}

    public static void main(String[] args) throws Exception {
      Ssh ssh =
          Ssh.to("127.0.0.1").port(Integer.parseInt(args[0])).knownHosts(Path.of(args[1])).agent();
      try (Scheduler scheduler = Scheduler.system();
          HostConnection connection = ssh.open(Target.of("web-01", scheduler))) {
        System.out.print(connection.isOpen() ? "CONNECTED" : "CLOSED");
      } catch (dev.fluke.transport.UnreachableException e) {
        System.out.print(e.isLoginRefused() ? "LOGIN REFUSED" : e.getMessage());
      }
    }
  }
}
