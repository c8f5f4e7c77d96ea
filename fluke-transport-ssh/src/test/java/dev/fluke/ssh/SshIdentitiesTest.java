package dev.fluke.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.time.Scheduler;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in with a real {@code ssh-agent}, which a Java of our own finds in its environment. */
class SshIdentitiesTest {
  @TempDir Path dir;
  private SshServer server;
  private Process agent;

  @BeforeEach
  void start() throws Exception {
    server = SshServer.start(dir);
    agent =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("agent.log").toFile())
            .start();
    while (!keys().contains("no identities")) {
      assertThat(agent.isAlive()).isTrue();
    }
  }

  @AfterEach
  void stop() throws Exception {
    agent.destroy();
    server.close();
  }

  private String socket() {
    return dir.resolve("agent.socket").toString();
  }

  private String withAgent(String... argv) throws IOException {
    ProcessBuilder process =
        new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.INHERIT);
    process.environment().put("SSH_AUTH_SOCK", socket());
    return new String(process.start().getInputStream().readAllBytes(), UTF_8).strip();
  }

  private String keys() throws IOException {
    return withAgent("ssh-add", "-l");
  }

  /** Logs in to the server from a home of its own; the key is one that was named, if any. */
  public static void main(String[] args) throws Exception {
    Ssh ssh = Ssh.to("127.0.0.1").port(Integer.parseInt(args[0])).knownHosts(Path.of(args[1]));
    for (String named : List.of(args).subList(2, args.length)) {
      ssh = named.equals("agent") ? ssh.agent() : ssh.key(Path.of(named));
    }
    try (Scheduler scheduler = Scheduler.system();
        HostConnection connection = ssh.open(Target.of("web-01", scheduler))) {
      System.out.println("open: " + connection.isOpen());
    } catch (UnreachableException e) {
      System.out.println(e.getMessage());
    }
  }

  private String login(String... named) throws IOException {
    List<String> argv =
        new java.util.ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Duser.home=" + dir.resolve("home"),
                "-cp",
                System.getProperty("java.class.path"),
                SshIdentitiesTest.class.getName(),
                "" + server.port,
                server.knownHosts().toString()));
    argv.addAll(List.of(named));
    return withAgent(argv.toArray(String[]::new));
  }

  @Test
  void logsInWithAKeyThatTheAgentHolds() throws Exception {
    assertThat(login("agent")).startsWith("login as ").contains(" refused: ");
    withAgent("ssh-add", "-q", server.key().toString());

    assertThat(login("agent")).isEqualTo("open: true");
    assertThat(login()).isEqualTo("open: true");
  }

  @Test
  void addsNoKeyToTheAgent() throws Exception {
    Path usual = dir.resolve("home/.ssh/id_ed25519");
    Files.createDirectories(usual.getParent());
    Files.copy(server.key(), usual);

    assertThat(login()).isEqualTo("open: true");
    assertThat(login("agent", server.key().toString())).isEqualTo("open: true");
    assertThat(keys()).contains("no identities");
  }
}
