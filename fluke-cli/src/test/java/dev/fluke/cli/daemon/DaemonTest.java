package dev.fluke.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.Program;
import dev.fluke.cli.Shell;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a daemon begins, changes its mind, and ends. */
@Tag("slow")
class DaemonTest {
  @TempDir Path dir;

  @BeforeEach
  void configure() throws Exception {
    Files.createDirectory(dir.resolve("manifests"));
    config("role: old", "");
    task("test -e done", "touch begun; sleep 1; touch done");
  }

  private void config(String label, String more) throws Exception {
    Files.writeString(
        dir.resolve("fluke.yaml"),
        """
        directory: manifests
        agents: { here: { local: {}, labels: { %s } } }
        http: { listen: "127.0.0.1:0" }
        %s
        """
            .formatted(label, more));
  }

  private void task(String check, String command) throws Exception {
    Files.writeString(
        dir.resolve("manifests/a.fluke.yaml"),
        """
        tasks:
          marker:
            selector: { all: true }
            steps:
              - { shell: file, working_dir: %s, check: "%s", command: "%s" }
        """
            .formatted(dir, check, command));
  }

  private Shell client(Program daemon) throws Exception {
    return Shell.in(dir).with("FLUKE_SERVER", daemon.url());
  }

  @Test
  void termLetsAnApplyFinish() throws Exception {
    try (Program daemon = Program.daemon(dir, Map.of())) {
      daemon.await(dir.resolve("begun"));

      daemon.signal("TERM");

      assertThat(daemon.awaitEnd()).isZero();
      assertThat(dir.resolve("done")).exists();
      assertThat(daemon.log())
          .contains("got TERM, ends what is under way")
          .contains("drift_remediated agent=here task=marker")
          .contains("Daemon: ended");
    }
  }

  @Test
  void hangupTakesLabelsAnewAndForgetsNothing() throws Exception {
    task("exit 1", "true");
    try (Program daemon = Program.daemon(dir, Map.of())) {
      daemon.awaitLog("outcome=not_convergent");
      String before = client(daemon).fluke("describe", "agent", "here").out();
      assertThat(before).contains("role: old", "failures: 1");

      config("role: new", "");
      daemon.signal("HUP");
      daemon.awaitLog("reloaded: 1 agent\n");

      assertThat(client(daemon).fluke("describe", "agent", "here").out())
          .contains("role: new", "failures: 1");
      assertThat(daemon.log()).doesNotContain("need a restart");
    }
  }

  @Test
  void hangupSaysWhatItCantChangeAndWhatIsWrong() throws Exception {
    try (Program daemon = Program.daemon(dir, Map.of())) {
      config("role: new", "log: { level: warn }");
      daemon.signal("HUP");
      daemon.awaitLog("changes of [log] need a restart; only agents are reloaded");

      config("role: [newer]", "");
      daemon.signal("HUP");
      daemon.awaitLog(
          "not reloaded: fluke.yaml:2:46: agents.here.labels: 'role': must be text, is a list");

      assertThat(client(daemon).fluke("describe", "agent", "here").out()).contains("role: new");
    }
  }

  @Test
  void aKilledOneIsInNobodysWay() throws Exception {
    config("role: old", "");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path file = dir.resolve("fluke.yaml");
    Files.writeString(file, Files.readString(file).replace(":0\"", ":" + port + "\""));
    try (Program first = Program.daemon(dir, Map.of())) {
      first.await(dir.resolve("begun"));
      Shell.Ended second = Program.run(dir, Map.of(), "server");
      assertThat(second.status()).isEqualTo(3);
      assertThat(second.err()).contains("can't listen on 127.0.0.1:" + port, "another fluke");

      first.signal("KILL");
      first.awaitEnd();
      try (Program next = Program.daemon(dir, Map.of())) {
        next.await(dir.resolve("done"));
        next.signal("TERM");
        assertThat(next.awaitEnd()).isZero();
      }
    }
  }

  @Test
  void aConfigThatIsWrongIsToldAtOnce() throws Exception {
    config("role: x", "lgo: {}\n");

    Shell.Ended ended = Program.run(dir, Map.of(), "run");

    assertThat(ended.status()).isEqualTo(65);
    assertThat(ended.err())
        .startsWith("fluke: fluke.yaml:4:1: unknown key 'lgo'; did you mean 'log'? Known: ");
    assertThat(Program.run(dir, Map.of(), "run", "--config", "none.yaml").err())
        .isEqualTo("fluke: there is no none.yaml; 'fluke init' writes one to begin with\n");
  }

  @Test
  void aLogOfJsonHasAnObjectOnEachLine() throws Exception {
    config("role: x", "log: { format: json, level: debug }");
    try (Program daemon = Program.daemon(dir, Map.of())) {
      daemon.awaitLog("drift_detected");
      daemon.signal("TERM");
      daemon.awaitEnd();

      assertThat(daemon.log().lines())
          .allMatch(line -> line.startsWith("{\"time\":\"") && line.endsWith("\"}"))
          .anyMatch(line -> line.contains("\"level\":\"INFO\",\"logger\":\"dev.fluke.events\""));
    }
  }
}
