package dev.fluke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command as a process, against a daemon that manages three hosts over SSH. */
@Tag("slow")
class CommandsTest {
  @TempDir static Path dir;
  private static DaemonFleet fleet;
  private static Program daemon;
  private static Map<String, String> client;

  @BeforeAll
  static void start() throws Exception {
    fleet = DaemonFleet.start(dir);
    fleet.configure(
        """
        drift: { alert_webhook: "http://127.0.0.1:9/" }
        http: { listen: "127.0.0.1:0", token: canary-of-the-commands-0123456789, socket: fluke.sock }
        """);
    fleet.declare(
        DaemonFleet.task("motd", "all: true", "alert_only"),
        DaemonFleet.task("site", "match_labels: { role: web }", "alert_only"));
    daemon = Program.daemon(dir, Map.of());
    client = daemon.client();
    client.put("FLUKE_TOKEN", "canary-of-the-commands-0123456789");
    Shell shell = shell();
    for (int tries = 0; !shell.fluke("get", "agents").out().contains("0/2"); tries++) {
      assertThat(tries).as(daemon.log()).isLessThan(2000);
    }
  }

  @AfterAll
  static void stop() {
    daemon.close();
    fleet.close();
  }

  @BeforeEach
  void removeFiles() throws Exception {
    for (int host = 1; host <= 3; host++) {
      Files.deleteIfExists(fleet.file(host, "motd"));
      Files.deleteIfExists(fleet.file(host, "site"));
    }
  }

  /** Puts the task site in sync, so that a cycle reports no drift of it. */
  private static void createSite() throws Exception {
    Files.createFile(fleet.file(1, "site"));
    Files.createFile(fleet.file(2, "site"));
  }

  /** The same commands within this process, which is quicker. */
  private static Shell shell() {
    Shell shell = Shell.in(dir);
    client.forEach(shell::with);
    return shell;
  }

  private static Shell.Ended fluke(String... arguments) throws Exception {
    return Program.run(dir, client, arguments);
  }

  @Test
  void plansWithoutApplying() throws Exception {
    Shell.Ended all = fluke("plan");

    assertThat(all.status()).as(all.err()).isEqualTo(2);
    assertThat(all.out().lines()).hasSize(6);
    assertThat(all.out()).contains("web-01  site  file  would be applied  check should be");
    assertThat(fluke("plan", "agent", "db-01").out().lines()).hasSize(2);
    assertThat(fluke("plan", "task", "site").out().lines()).hasSize(3);
    assertThat(fluke("plan", "task", "site", "on", "web-02").out().lines()).hasSize(2);
    assertThat(fleet.file(1, "site")).doesNotExist();
  }

  @Test
  void reconcilesATaskOnEachOfItsAgents() throws Exception {
    Files.createFile(fleet.file(1, "motd"));
    Files.createFile(fleet.file(2, "motd"));

    Shell.Ended ended = fluke("reconcile", "task", "site", "--wait", "--reason", "ticket 7");

    assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.out())
        .contains("web-01  site  REMEDIATED", "web-02  site  REMEDIATED")
        .doesNotContain("db-01", "motd");
    assertThat(fleet.file(1, "site")).exists();
    assertThat(fleet.file(2, "site")).exists();
    assertThat(fleet.file(3, "motd")).doesNotExist();
    assertThat(shell().fluke("get", "events", "-o", "json").out())
        .contains("\"actor\":\"token\",\"on_behalf_of\":\"ann\",\"reason\":\"ticket 7\"");
    assertThat(shell().fluke("get", "events").out())
        .containsPattern(
            "T[:\\d]{8}Z +manual_run +scope=task site actor=token on_behalf_of=ann reason=ticket 7")
        .containsPattern(
            "drift_remediated +web-01 +site .* outcome=success actor=token on_behalf_of=ann");
  }

  @Test
  void reconcilesATaskOnAnAgentAnAgentAndAll() throws Exception {
    createSite();
    Shell.Ended one = fluke("reconcile", "task", "motd", "on", "web-02", "--wait");
    assertThat(one.status()).as(one.out()).isZero();
    assertThat(fleet.file(2, "motd")).exists();
    assertThat(fleet.file(1, "motd")).doesNotExist();

    assertThat(fluke("reconcile", "agent", "db-01", "--wait").status()).isZero();
    assertThat(fleet.file(3, "motd")).exists();
    assertThat(fleet.file(1, "motd")).doesNotExist();

    Shell.Ended all = fluke("reconcile", "all", "--wait");
    assertThat(all.status()).as(all.out()).isZero();
    assertThat(fleet.file(1, "motd")).exists();
    assertThat(fluke("get", "drift"))
        .isEqualTo(new Shell.Ended(0, "no drift: every checked task is as declared\n", ""));
  }

  @Test
  void appliesStepsInSyncWithForce() throws Exception {
    Files.createFile(fleet.file(3, "motd"));

    assertThat(shell().fluke("reconcile", "agent", "db-01", "--wait").out()).contains("IN_SYNC");
    assertThat(fluke("reconcile", "agent", "db-01", "--force", "--wait").out())
        .contains("REMEDIATED");
    assertThat(shell().fluke("reconcile", "all", "--force").status()).isEqualTo(64);
  }

  @Test
  void returnsImmediatelyWithoutWait() throws Exception {
    createSite();

    Shell.Ended begun = fluke("reconcile", "task", "motd");

    assertThat(begun.status()).as(begun.out()).isZero();
    assertThat(begun.out()).containsPattern("started: run \\d+|REMEDIATED");
  }

  @Test
  void listsAgentsDriftAndEvents() throws Exception {
    assertThat(fluke("get", "agents").out())
        .containsPattern("web-01 +REACHABLE +\\d/2 +role=web")
        .containsPattern("db-01 +REACHABLE +\\d/1 +role=db");
    shell().fluke("reconcile", "all", "--wait");
    Files.delete(fleet.file(3, "motd"));
    shell().fluke("plan");
    Shell.Ended events = fluke("get", "events", "--agent", "web-01", "--limit", "3");
    assertThat(events.out().lines().skip(1)).hasSize(3).allMatch(line -> line.contains("web-01"));
    assertThat(shell().fluke("get", "events", "--limit", "0").status()).isEqualTo(64);
    assertThat(shell().fluke("get", "events", "--agent", "web-99").err())
        .isEqualTo("fluke: no agent 'web-99'; did you mean 'web-01'?\n");
  }

  @Test
  void describesAnAgentOrATask() throws Exception {
    assertThat(fluke("describe", "agent", "web-01").out())
        .contains("name: web-01", "state: REACHABLE", "task: site");
    assertThat(fluke("describe", "task", "site").out())
        .contains("name: site", "policy: alert_only", "- file", "agent: web-02");
    assertThat(fluke("describe", "task", "sit").err())
        .isEqualTo("fluke: no task 'sit'; did you mean 'site'?\n");
  }

  @Test
  void printsTablesJsonAndYaml() throws Exception {
    assertThat(fluke("get", "agents", "-o", "json").out())
        .startsWith("{\"agents\":[{\"name\":\"db-01\"");
    assertThat(fluke("get", "agents", "-o", "yaml").out()).startsWith("agents:\n- name: db-01\n");
    assertThat(shell().fluke("get", "agents", "-o", "xml").status()).isEqualTo(64);
    assertThat(shell().onATerminal().fluke("get", "agents").out())
        .contains("\u001b[32mREACHABLE\u001b[0m");
    assertThat(fluke("get", "agents").out()).doesNotContain("\u001b");
  }

  @Test
  void rejectsAnUnknownNameWithoutWait() throws Exception {
    Shell.Ended ended = fluke("reconcile", "task", "sitee");

    assertThat(ended.status()).isEqualTo(64);
    assertThat(ended.err()).isEqualTo("fluke: no task 'sitee'; did you mean 'site'?\n");
    assertThat(shell().fluke("reconcile").err())
        .startsWith("fluke: the scope must be task NAME, task NAME on AGENT, agent NAME, or all\n");
    assertThat(shell().fluke("reconcile", "tsk", "site").status()).isEqualTo(64);
  }

  @Test
  void acceptsTheTokenAsAnOption() throws Exception {
    Map<String, String> server = Map.of("FLUKE_SERVER", client.get("FLUKE_SERVER"));

    assertThat(Program.run(dir, server, "get", "agents").status()).isEqualTo(77);
    assertThat(fluke("get", "drift", "--token", "canary-wrong").status()).isEqualTo(77);
    Shell.Ended right =
        Program.run(dir, server, "get", "agents", "--token", "canary-of-the-commands-0123456789");
    assertThat(right.out().lines()).as(right.err()).hasSize(4);
  }

  @Test
  void runsLocalCommandsBesideADaemon() throws Exception {
    assertThat(fluke("validate").out()).isEqualTo("valid: 2 tasks, 3 agents\n");
    assertThat(fluke("validate", "--config", "fluke.yaml", "manifests").out())
        .isEqualTo("valid: 2 tasks, 3 agents\n");
    assertThat(fluke("schema").out()).startsWith("{");
    assertThat(fluke("--version")).isEqualTo(fluke("version"));
    assertThat(fluke("init", "new").out()).contains("wrote fluke.yaml");
    assertThat(dir.resolve("new/manifests/greeting.fluke.yaml")).exists();
    assertThat(fluke("get", "agents", "--help").out()).startsWith("Usage: fluke get agents");
    assertThat(fluke("-h").out()).startsWith("Usage: fluke").contains("reconcile");
    assertThat(fluke("server", "-h").out()).startsWith("Usage: fluke run");
    assertThat(fluke("get", "agents", "--output", "json").out()).startsWith("{\"agents\":");
  }

  @Test
  void endsWith4WithoutADaemon() throws Exception {
    String nobody = "http://127.0.0.1:" + Sshd.freePort();

    Shell.Ended ended = fluke("get", "agents", "--server", nobody);

    assertThat(ended.status()).isEqualTo(4);
    assertThat(ended.err())
        .startsWith("fluke: no daemon listens at " + nobody + "; start one with 'fluke run'");
    assertThat(shell().fluke("plan", "--server", "nonsense").status()).isEqualTo(64);
  }

  @Test
  void endsWith74IfOutputCantBeWritten() throws Exception {
    for (String command : List.of("get agents", "plan", "validate", "version", "--help")) {
      Shell.Ended full = Program.shell(dir, client, "fluke " + command + " > /dev/full");
      assertThat(full.status()).as(command + full.err()).isEqualTo(74);
      assertThat(full.err())
          .isEqualTo(
              "fluke: the output could not be written: the disk is full, or the pipe is closed\n");
    }
    assertThat(Program.shell(dir, client, "fluke get agents | head -n 1").status()).isZero();
  }

  @Test
  void runsStandaloneWithoutADaemon() throws Exception {
    Map<String, String> nobody = Map.of("FLUKE_SERVER", "http://127.0.0.1:9");

    Shell.Ended plan = Program.run(dir, nobody, "plan", "--standalone", "--config", "fluke.yaml");
    assertThat(plan.status()).as(plan.err()).isEqualTo(2);
    assertThat(plan.out().lines()).hasSize(6);
    Shell.Ended ended = Program.run(dir, nobody, "reconcile", "all", "--standalone");
    assertThat(ended.status()).as(ended.err()).isZero();
    assertThat(fleet.file(1, "site")).exists();
  }
}
