package dev.fluke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields of the config, each by its effect on a daemon. */
@Tag("slow")
class FieldsTest {
  @TempDir Path dir;

  private void manifest(String path, String task, String check) throws Exception {
    Path file = dir.resolve("repo").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        "tasks: { %s: { selector: { all: true }, steps: [ { shell: s, check: %s, command: exit 1 } ] } }\n"
            .formatted(task, check));
  }

  private void commit() throws Exception {
    Program.sh(
        dir, "cd repo; git add -A; git -c user.name=x -c user.email=x@example.com commit -qm x");
  }

  private Shell client(Program daemon) throws Exception {
    Shell shell = Shell.in(dir);
    daemon.client().forEach(shell::with);
    return shell;
  }

  private static void await(Program daemon, Shell shell, String text, String... command)
      throws Exception {
    for (int tries = 0; !shell.fluke(command).out().contains(text); tries++) {
      assertThat(tries).as("waiting for " + text + ": " + daemon.log()).isLessThan(1000);
    }
  }

  @Test
  void appliesBranchGlobIntervalAndMirrorOfGit() throws Exception {
    manifest("only/a.fluke.yaml", "wanted", "true");
    manifest("other/b.fluke.yaml", "elsewhere", "true");
    Program.sh(dir, "cd repo; git init -qb prod");
    commit();
    Program.sh(dir, "cd repo; git checkout -qb main");
    manifest("only/c.fluke.yaml", "of-main", "true");
    commit();
    Program.sh(dir, "cd repo; git checkout -q prod");
    PrivateFile.write(
        dir.resolve("fluke.yaml"),
        """
        git: { url: "%s", branch: prod, manifest_glob: "only/*.fluke.yaml", poll_interval: 1s,
               mirror: kept }
        agents: { here: { local: {} } }
        event_store: { memory: { max_events_per_agent: 2 } }
        http: { socket: fluke.sock }
        """
            .formatted(dir.resolve("repo").toUri()));

    try (Program daemon = Program.daemon(dir, Map.of())) {
      await(daemon, client(daemon), "task: wanted", "describe", "agent", "here");
      String told = client(daemon).fluke("describe", "agent", "here").out();
      assertThat(told).doesNotContain("elsewhere", "of-main");
      assertThat(dir.resolve("kept")).isNotEmptyDirectory();

      manifest("only/d.fluke.yaml", "later", "exit 1");
      commit();
      await(daemon, client(daemon), "task: later", "describe", "agent", "here");
      await(daemon, client(daemon), "drift", "get", "events", "--agent", "here");
      assertThat(client(daemon).fluke("get", "events", "--agent", "here").out().lines())
          .hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void appliesPassphraseJumpAndTimeLimitsOfSsh() throws Exception {
    Files.createDirectory(dir.resolve("manifests"));
    Files.writeString(
        dir.resolve("manifests/a.fluke.yaml"),
        """
        tasks:
          quick: { selector: { all: true }, steps: [ { shell: s, check: "true", command: "true" } ] }
          slow:
            selector: { match_labels: { slow: "yes" } }
            steps: [ { shell: s, check: sleep 60, command: "true" } ]
          slow_to_apply:
            selector: { match_labels: { slow: "yes" } }
            steps: [ { shell: s, check: exit 1, command: sleep 60 } ]
        """);
    try (Sshd first = Sshd.start(dir.resolve("first"));
        Sshd second = Sshd.start(dir.resolve("second"))) {
      Program.sh(
          dir, "cat first/login.pub >> second/authorized_keys; cat */known_hosts > known_hosts");
      Program.sh(
          dir, "cp -p first/login locked; ssh-keygen -q -p -P '' -N 'canary phrase' -f locked");
      PrivateFile.write(
          dir.resolve("fluke.yaml"),
          """
          directory: manifests
          agents:
            locked: { ssh: { %1$s, key_file: locked, key_passphrase: $PHRASE },
                      labels: { slow: "yes" },
                      execution: { default_shell: /bin/sh, check_timeout: 1s, command_timeout: 1s } }
            behind: { ssh: { host: 127.0.0.1, port: %2$s, known_hosts: known_hosts,
                             key_file: first/login, jump: "%3$s@127.0.0.1:%4$s" } }
          http: { socket: fluke.sock }
          """
              .formatted(
                  first.login(), second.port(), System.getProperty("user.name"), first.port()));

      Map<String, String> phrase = Map.of("PHRASE", "canary phrase");
      Shell.Ended behind = Program.run(dir, phrase, "plan", "agent", "behind", "--standalone");
      assertThat(behind.status()).as(behind.out() + behind.err()).isZero();
      assertThat(Files.readString(dir.resolve("first/log"))).contains("Accepted publickey");

      Shell.Ended plan = Program.run(dir, phrase, "plan", "--standalone");

      assertThat(plan.out())
          .as(plan.err())
          .containsPattern("behind +quick +s +in sync")
          .containsPattern("locked +quick +s +in sync")
          .containsPattern("locked +slow +s +unknown +.*1 s");
      Shell.Ended ended =
          Program.run(dir, phrase, "reconcile", "task", "slow_to_apply", "--standalone");
      assertThat(ended.status()).isEqualTo(3);
      assertThat(ended.out()).containsPattern("locked +slow_to_apply +FAILED");
    }
  }

  @Test
  void appliesHostsOfInventoriesAndTheCertificate() throws Exception {
    manifest("a.fluke.yaml", "everywhere", "true");
    Program.sh(
        dir,
        "openssl req -x509 -nodes -days 2 -subj /CN=fluke -addext subjectAltName=IP:127.0.0.1"
            + " -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -keyout key.pem -out cert.pem");
    try (Sshd host = Sshd.start(dir.resolve("host"))) {
      Files.writeString(
          dir.resolve("inventory.yaml"),
          """
          all:
            children:
              web:
                hosts:
                  web-01: { ansible_host: 127.0.0.1, ansible_port: %s, rack: r7,
                            ansible_ssh_private_key_file: host/login }
          """
              .formatted(host.port()));
      PrivateFile.write(
          dir.resolve("fluke.yaml"),
          """
          directory: repo
          inventories: [ { ansible: inventory.yaml, ssh: { known_hosts: host/known_hosts } } ]
          http: { listen: "127.0.0.1:0", token: $TOKEN, socket: fluke.sock,
                  tls: { cert_file: cert.pem, key_file: key.pem } }
          """);
      try (Program daemon =
          Program.daemon(dir, Map.of("TOKEN", "canary-token-0123456789abcdefghij"))) {
        Shell shell = client(daemon).with("FLUKE_TOKEN", "canary-token-0123456789abcdefghij");
        String[] describe = {"describe", "agent", "web-01", "--ca-file", "cert.pem"};
        await(daemon, shell, "IN_SYNC", describe);
        assertThat(shell.fluke(describe).out())
            .contains("state: REACHABLE", "rack: r7", "group/web: 'true'");
        assertThat(daemon.url()).startsWith("https://");
        assertThat(shell.fluke("get", "agents").status()).isEqualTo(4);
      }
    }
  }
}
