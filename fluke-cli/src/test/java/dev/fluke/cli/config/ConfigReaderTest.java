package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.PrivateFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The errors of invalid configs. */
class ConfigReaderTest {
  @TempDir Path dir;

  private List<String> problems(String text) throws Exception {
    Path file = PrivateFile.write(dir.resolve("fluke.yaml"), text);
    Map<String, String> environment =
        Map.of("SECRET", "canary-of-the-config", "HOOK_SECRET", "canary-hook", "PATH", "/bin");
    try {
      new ConfigReader(environment).read("fluke.yaml", file);
      return List.of();
    } catch (InvalidConfigException e) {
      return e.problems().stream().map(Object::toString).toList();
    }
  }

  @Test
  void reportsAllErrorsAtOnce() throws Exception {
    assertThat(
            problems(
                """
                git: { brnch: main, poll_interval: 60, insecure: yes }
                agents:
                  web-01:
                    ssh: { user: deploy, port: 99999 }
                    labels: { role: [web] }
                  web/../02:
                    local: {}
                  both:
                    local: {}
                    ssh: { host: a, jump: "a b" }
                drift: { policy: remediat }
                event_store: { backend: redis, memory: { max_events_per_agent: 0 } }
                http: { listen: "7071" }
                log: { level: verbose }
                colour: red
                """))
        .containsExactly(
            "fluke.yaml:1:1: git: 'url' is missing: the URL of the repository",
            "fluke.yaml:1:8: git: unknown key 'brnch'; did you mean 'branch'? Known:"
                + " allowed_signers, basic_auth_password, basic_auth_user, branch,"
                + " fast_forward_only, insecure, manifest_glob, mirror, poll_interval,"
                + " ssh_key_file, ssh_known_hosts, url, webhook_secret",
            "fluke.yaml:1:36: git: 'poll_interval': is '60' without a unit; write 60s or 60m",
            "fluke.yaml:1:50: git: 'insecure': is 'yes', must be true or false",
            "fluke.yaml:4:5: agents.web-01.ssh: 'host' is missing: a name or an address",
            "fluke.yaml:4:32: agents.web-01.ssh: 'port': is '99999', must be a number from 1 to"
                + " 65535",
            "fluke.yaml:5:21: agents.web-01.labels: 'role': must be text, is a list",
            "fluke.yaml:6:3: agents: agent name 'web/../02': must begin and end with a letter or"
                + " digit, without '..' or '//'",
            "fluke.yaml:8:3: agents.both: requires either 'ssh: { host: … }' or 'local: {}'",
            "fluke.yaml:10:27: agents.both.ssh: 'jump': is 'a b', must be [USER@]HOST[:PORT]",
            "fluke.yaml:11:18: drift: 'policy': is 'remediat', must be one of remediate,"
                + " remediate_and_alert, alert_only; did you mean 'remediate'?",
            "fluke.yaml:12:25: event_store: 'backend': is 'redis', must be one of memory",
            "fluke.yaml:12:64: event_store.memory: 'max_events_per_agent': is '0', must be a number"
                + " from 1 to 100000",
            "fluke.yaml:13:17: http: 'listen': is '7071', must be an address and a port, such as"
                + " 127.0.0.1:7071 or [::1]:7071",
            "fluke.yaml:14:15: log: 'level': is 'verbose', must be one of error, warn, info, debug,"
                + " trace",
            "fluke.yaml:15:1: unknown key 'colour'; known: agents, allow_empty, audit, directory,"
                + " drift, event_store, git, http, inventories, log, secrets");
  }

  @Test
  void namesAMissingVariable() throws Exception {
    assertThat(problems("directory: .\nhttp: { token: $FLUKE_TOKN }\n"))
        .containsExactly(
            "fluke.yaml:2:16: http: 'token': the environment variable 'FLUKE_TOKN' is not set;"
                + " set it, or write $$ for a dollar sign");
    assertThat(problems("git: { url: 'https://h/', webhook_secret: '${HOOK_SECRE}' }\n"))
        .containsExactly(
            "fluke.yaml:1:43: git: 'webhook_secret': the environment variable 'HOOK_SECRE' is not"
                + " set; did you mean 'HOOK_SECRET'?");
    assertThat(problems("directory: .\nhttp: { token: 'a$ b' }\n"))
        .containsExactly(
            "fluke.yaml:2:16: http: 'token': '$' is not followed by a name; write $$ for a dollar sign");
  }

  @Tag("Z02")
  @Test
  void showsNoValueOfAVariableInErrors() throws Exception {
    List<String> problems =
        problems(
            """
            git: { url: "ext::$SECRET", branch: "${SECRET} x", manifest_glob: "{$SECRET",
                   poll_interval: $SECRET, insecure: $SECRET }
            agents:
              a: { ssh: { host: "-$SECRET", port: $SECRET, user: "-$SECRET", jump: "$SECRET x" },
                   labels: { x: "$SECRET!" },
                   execution: { default_shell: $SECRET, check_timeout: $SECRET } }
            inventories: [ { ansible: "$SECRET" } ]
            drift: { policy: $SECRET, alert_webhook: $SECRET, alert_secret: "whsec_$SECRET" }
            event_store: { backend: $SECRET, memory: { max_events_per_agent: $SECRET } }
            http: { listen: $SECRET, token: "$SECRET\\n" }
            log: { level: $SECRET, format: $SECRET }
            """);

    assertThat(problems).hasSizeGreaterThanOrEqualTo(18);
    assertThat(problems).allSatisfy(problem -> assertThat(problem).doesNotContain("canary"));
    assertThat(problems).anyMatch(problem -> problem.contains("is '***', must be one of"));
  }

  @Tag("W06")
  @Test
  void namesTheSocketWhosePathIsTooLong() throws Exception {
    String path = "/run/" + "s".repeat(103);

    assertThat(problems("directory: .\nhttp: { socket: " + path + " }\n"))
        .containsExactly(
            "fluke.yaml:2:17: http: 'socket': http.socket is %s, which has 108 bytes, and a Unix socket allows at most 107; use a shorter path"
                .formatted(path));
  }

  @Test
  void reportsMissingCounterparts() throws Exception {
    assertThat(
            problems(
                """
                agents: { a: { ssh: { host: h, key_passphrase: x } }, b: { ssh: { host: h } } }
                drift: { policy: alert_only, alert_secret: x }
                http: { tls: { cert_file: c } }
                """))
        .containsExactly(
            "fluke.yaml:1:1: agents 'a' and 'b' have the same address, h:22; merge them into one"
                + " agent with the labels of both",
            "fluke.yaml:1:1: no manifest source; set either 'git' with its 'url', or 'directory'",
            "fluke.yaml:1:16: agents.a.ssh: 'key_passphrase' is set without 'key_file'",
            "fluke.yaml:2:1: drift: 'alert_secret' is set without 'alert_webhook'",
            "fluke.yaml:2:1: drift: policy alert_only requires an 'alert_webhook'",
            "fluke.yaml:3:9: http.tls: 'key_file' is missing: the file of its private key, in PEM");
    assertThat(problems("git: { url: 'http://h/', basic_auth_user: x }\ndirectory: none\n"))
        .hasSize(4);
    assertThat(problems(""))
        .containsExactly("fluke.yaml:1:1: is empty; 'fluke init' writes a starter config");
  }
}
