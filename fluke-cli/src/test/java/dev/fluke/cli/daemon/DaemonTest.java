package dev.fluke.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.PrivateFile;
import dev.fluke.cli.Program;
import dev.fluke.cli.Shell;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start, reload and end of a daemon. */
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
    PrivateFile.write(
        dir.resolve("fluke.yaml"),
        """
        directory: manifests
        agents: { here: { local: {}, labels: { %s } } }
        http: { socket: fluke.sock }
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
  void finishesAnApplyOnTerm() throws Exception {
    try (Program daemon = Program.daemon(dir, Map.of())) {
      daemon.await(dir.resolve("begun"));

      daemon.signal("TERM");

      assertThat(daemon.awaitEnd()).isZero();
      assertThat(dir.resolve("done")).exists();
      assertThat(daemon.log())
          .contains("got TERM; stops within 30 s")
          .contains("drift_remediated agent=here task=marker")
          .contains("Daemon: stopped");
    }
  }

  @Test
  void reloadsLabelsOnHupAndKeepsItsState() throws Exception {
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
  void logsWhatAReloadCantChange() throws Exception {
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
  void refusesAConfigThatOthersCanReadAtStartAndAtHup() throws Exception {
    Path file = dir.resolve("fluke.yaml");
    String problem =
        "fluke.yaml:1:1: %1$s can be read by others (mode 0644); run chmod 600 %1$s"
            .formatted(file.toRealPath());
    try (Program daemon = Program.daemon(dir, Map.of())) {
      config("role: new", "");
      PrivateFile.withMode(file, "rw-r--r--");
      daemon.signal("HUP");
      daemon.awaitLog("not reloaded: " + problem);

      assertThat(client(daemon).fluke("describe", "agent", "here").out()).contains("role: old");
      Shell.Ended second = Program.run(dir, Map.of(), "run");
      assertThat(second.status()).isEqualTo(65);
      assertThat(second.err()).endsWith("fluke: %s\n".formatted(problem));
    }
  }

  @Test
  void startsAfterAKilledDaemonButNotBesideALiveOne() throws Exception {
    Path socket = dir.resolve("fluke.sock");
    try (Program first = Program.daemon(dir, Map.of())) {
      first.await(dir.resolve("begun"));
      Shell.Ended second = Program.run(dir, Map.of(), "server");
      assertThat(second.status()).isEqualTo(3);
      assertThat(second.err())
          .isEqualTo(
              "fluke: can't use the socket, 'http.socket': another daemon runs at %s; stop it, or set another path\n"
                  .formatted(socket));

      first.signal("KILL");
      first.awaitEnd();
      assertThat(socket).exists();
      try (Program next = Program.daemon(dir, Map.of())) {
        next.await(dir.resolve("done"));
        next.signal("TERM");
        assertThat(next.awaitEnd()).isZero();
        assertThat(socket).doesNotExist();
      }
    }
  }

  @Test
  void servesOnlyHooksHealthAndMetricsOverTcpWithoutATokenAndClients() throws Exception {
    Path file = dir.resolve("fluke.yaml");
    String listen = "http: { listen: \"127.0.0.1:0\", ";
    Files.writeString(file, Files.readString(file).replace("http: { ", listen));
    try (Program daemon = Program.daemon(dir, Map.of())) {
      String url = daemon.hooks();
      for (String page : List.of("/healthz", "/readyz", "/metrics")) {
        assertThat(status(url + page)).as(page).isEqualTo(200);
      }
      assertThat(status(url + "/v1/status")).isEqualTo(403);
      Shell.Ended overTcp = Shell.in(dir).fluke("reconcile", "all", "--server", url);
      assertThat(overTcp.status()).as(overTcp.err()).isEqualTo(77);
      assertThat(overTcp.err()).contains("serves only hooks, health and metrics", "Unix socket");
      assertThat(client(daemon).fluke("get", "agents").status()).isZero();
    }
  }

  private static int status(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void rejectsAnInvalidConfig() throws Exception {
    config("role: x", "lgo: {}\n");

    Shell.Ended ended = Program.run(dir, Map.of(), "run");

    assertThat(ended.status()).isEqualTo(65);
    assertThat(ended.err())
        .startsWith("fluke: fluke.yaml:4:1: unknown key 'lgo'; did you mean 'log'? Known: ");
    assertThat(Program.run(dir, Map.of(), "run", "--config", "none.yaml").err())
        .isEqualTo("fluke: none.yaml does not exist; 'fluke init' writes a starter config\n");
  }

  @Test
  void logsOneJsonObjectALine() throws Exception {
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
