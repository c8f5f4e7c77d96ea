package dev.fluke.cli.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fluke.agent.Agent;
import dev.fluke.cli.Certificates;
import dev.fluke.cli.PrivateFile;
import dev.fluke.cli.access.Caller;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.source.PushWebhook.Answer;
import dev.fluke.ssh.Ssh;
import dev.fluke.transport.Local;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The meaning of a valid config. */
class ConfigTest {
  /** A config with every field. */
  static final String EVERYTHING =
      """
      git:
        url: https://git.example.com/infra.git
        branch: main
        poll_interval: 90s
        manifest_glob: "web/*.fluke.yaml"
        ssh_key_file: /etc/fluke/key
        ssh_known_hosts: /etc/fluke/known_hosts
        basic_auth_user: bot
        basic_auth_password: $GIT_PASSWORD
        webhook_secret: $HOOK_SECRET
        mirror: /var/lib/fluke/mirror
        allowed_signers: signers
        fast_forward_only: true
        insecure: false
      secrets: { environment: APP_SECRET_ }
      agents:
        web-01:
          ssh:
            host: 10.0.0.11
            port: 2222
            user: deploy
            key_file: /etc/fluke/id_ed25519
            key_passphrase: ${KEY_PASSPHRASE}
            password: $SSH_PASSWORD
            known_hosts: /etc/fluke/known_hosts
            jump: bastion.example.com
          labels: { role: web, env: $STAGE }
          execution: { default_shell: /bin/sh, check_timeout: 30s, command_timeout: 5m }
        here:
          local: {}
          labels: { role: build }
      inventories:
        - ansible: ./inventory.yaml
          ssh: { user: ops, key_file: /etc/fluke/ops, known_hosts: known_hosts }
      drift:
        policy: remediate_and_alert
        alert_webhook: https://hooks.example.com/fluke
        alert_secret: $ALERT_SECRET
      event_store: { backend: memory, memory: { max_events_per_agent: 7 } }
      http:
        listen: "0.0.0.0:7443"
        socket: run/fluke.sock
        socket_group: adm
        token: $FLUKE_TOKEN
        tokens:
          - { name: ci, token: $CI_TOKEN, may: [read], on: { match_labels: { role: web } } }
          - { name: reader, token_file: reader.token, may: [read] }
          - name: bot
            token_sha256: 16367aacb67a4a017c8da8ab95682ccb390863780f7114dda0a0e0c55644c7c4
            may: [plan]
        clients: [ { subject: "CN=ann", may: [reconcile, force], on: { all: true } } ]
        tls:
          cert_file: tls/of-cert.pem
          key_file: tls/of-key.pem
          client_ca: tls/of-cert.pem
      log: { level: debug, format: json }
      audit: { file: /var/log/fluke/audit.jsonl }
      """;

  private static final String SIGNER =
      "ann ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIs8BdRuEMg4RlJd8pXyRqdOnKRmXVmCCaiYCsSQJFbj\n";

  static final Map<String, String> VARIABLES =
      Map.of(
          "APP_SECRET_API_TOKEN", "canary-api-token",
          "GIT_PASSWORD", "canary-git-password",
          "HOOK_SECRET", "canary-hook-secret",
          "KEY_PASSPHRASE", "canary-key-passphrase",
          "SSH_PASSWORD", "canary-ssh-password",
          "ALERT_SECRET", "canary-alert-secret",
          "FLUKE_TOKEN", "canary-fluke-token-0123456789abcdef",
          "CI_TOKEN", "canary-ci-token-0123456789abcdef01",
          "STAGE", "production");

  @TempDir Path dir;
  private final Map<String, String> environment = new LinkedHashMap<>(VARIABLES);

  @BeforeEach
  void create() throws Exception {
    Certificates.create(Files.createDirectory(dir.resolve("tls")), "of", "ed25519");
    Files.writeString(dir.resolve("signers"), SIGNER);
  }

  private Config read(String text) throws Exception {
    Path file = PrivateFile.write(dir.resolve("fluke.yaml"), text);
    return new ConfigReader(environment).read("fluke.yaml", file);
  }

  private static Answer pushed(Config config, String repository, String token) {
    String body = "{\"clone_url\":\"https://git.example.com/" + repository + ".git\"}";
    return config
        .pushWebhook(() -> {})
        .orElseThrow()
        .receive(Map.of("X-Gitlab-Token", List.of(token)), body.getBytes(UTF_8), Instant.EPOCH);
  }

  @Test
  void appliesEveryField() throws Exception {
    Files.writeString(dir.resolve("inventory.yaml"), "all: { hosts: { db-01: } }\n");
    PrivateFile.write(dir.resolve("reader.token"), "canary-reader-token-0123456789abcdef\n");

    Config config = read(EVERYTHING);

    assertThat(config.source()).hasToString("https://git.example.com/infra.git branch 'main'");
    assertThat(config.pollInterval()).contains(Duration.ofSeconds(90));
    assertThat(pushed(config, "infra", "canary-hook-secret")).isEqualTo(Answer.ACCEPTED);
    assertThat(pushed(config, "other", "canary-hook-secret")).isEqualTo(Answer.IGNORED);
    assertThat(pushed(config, "infra", "canary")).isEqualTo(Answer.REFUSED);
    assertThat(config.secrets().get(0).secret("api-token")).isPresent();
    assertThat(config.agents()).extracting(Agent::name).containsExactly("web-01", "here", "db-01");
    assertThat(config.policy()).isEqualTo(DriftPolicy.REMEDIATE_AND_ALERT);
    assertThat(config.alerts().orElseThrow()).hasToString("webhook to https://hooks.example.com");
    assertThat(config.eventsPerAgent()).isEqualTo(7);
    assertThat(config.http().tcp()).contains(new HttpConfig.Address("0.0.0.0", 7443));
    assertThat(config.http().socket())
        .contains(new SocketConfig(dir.resolve("run/fluke.sock"), Optional.of("adm"), true));
    assertThat(config.http().credentials().ofToken("canary-fluke-token-0123456789abcdef"))
        .contains(Caller.unrestricted("token"));
    assertThat(config.http().credentials())
        .hasToString("credentials of [[token, ci, reader, bot], [CN=ann]]");
    assertThat(config.http().tls())
        .contains(
            new HttpConfig.Tls(
                dir.resolve("tls/of-cert.pem"),
                dir.resolve("tls/of-key.pem"),
                Optional.of(dir.resolve("tls/of-cert.pem"))));
    assertThat(config.log()).isEqualTo(new LogConfig("DEBUG", true));
    assertThat(config.audit().file()).contains(Path.of("/var/log/fluke/audit.jsonl"));
  }

  @Test
  void declaresAgents() throws Exception {
    Files.writeString(dir.resolve("inventory.yaml"), "all: { hosts: { db-01: } }\n");
    PrivateFile.write(dir.resolve("reader.token"), "canary-reader-token-0123456789abcdef\n");

    Config config = read(EVERYTHING);

    Agent web = config.agents().get(0);
    assertThat(web.labels()).containsOnly(Map.entry("role", "web"), Map.entry("env", "production"));
    assertThat(web.transport().orElseThrow()).hasToString("ssh deploy@10.0.0.11:2222");
    assertThat(web.defaultShell()).isEqualTo("/bin/sh");
    assertThat(web.checkLimit()).contains(Duration.ofSeconds(30));
    assertThat(web.applyLimit()).contains(Duration.ofMinutes(5));
    assertThat(config.agents().get(1).transport()).contains(Local.machine());
    assertThat(config.agents().get(2).transport().orElseThrow())
        .isEqualTo(
            Ssh.to("db-01")
                .user("ops")
                .key(Path.of("/etc/fluke/ops"))
                .knownHosts(dir.resolve("known_hosts")));
  }

  @Test
  void hasDefaults() throws Exception {
    Files.createDirectory(dir.resolve("manifests"));

    Config config = read("directory: ./manifests\nagents: { here: { local: {} } }\n");

    assertThat(config.directory()).contains(dir.resolve("manifests"));
    assertThat(config.policy()).isEqualTo(DriftPolicy.REMEDIATE);
    assertThat(config.http()).isEqualTo(HttpConfig.none(VARIABLES));
    assertThat(config.http().tcp()).isEmpty();
    assertThat(config.log()).isEqualTo(LogConfig.none());
    assertThat(config.eventsPerAgent()).isEqualTo(100);
    assertThat(config.pollInterval()).isEmpty();
  }

  @Test
  void saysWhichAllowedSignersAreNotUsable() throws Exception {
    String text = "git: { url: https://h/x, allowed_signers: signers }\nagents: {}\n";
    Path signers = dir.resolve("signers");
    Files.writeString(signers, "# keys\nann cert-authority " + SIGNER.substring(4) + "\nx y z\n");

    assertThat(catchThrowableOfType(InvalidConfigException.class, () -> read(text)).problems())
        .extracting(Object::toString)
        .containsExactly(
            "fluke.yaml:1:1: git: "
                + signers
                + ":2: the line has the option 'cert-authority', which is not supported; name the"
                + " keys that sign",
            "fluke.yaml:1:1: git: "
                + signers
                + ":4: the line has 'y', which is neither an option nor a type of key; the options"
                + " are namespaces, valid-after and valid-before");
    Files.delete(signers);
    assertThat(catchThrowableOfType(InvalidConfigException.class, () -> read(text)).problems())
        .extracting(Object::toString)
        .containsExactly(
            "fluke.yaml:1:1: git: the allowed signers can't be read: "
                + signers
                + ": no such file");
  }

  @Test
  void notesThatThereAreNoAgents() throws Exception {
    assertThat(read("directory: .\n").notes())
        .containsExactly("the config declares no agents; add 'agents' or 'inventories'");
    assertThat(read("directory: .\nagents: { here: { local: {} } }\n").notes()).isEmpty();
  }

  @Test
  void notesWhatAnAddressAloneServes() throws Exception {
    String base = "directory: .\nagents: { here: { local: {} } }\n";

    assertThat(read(base + "http: { listen: '127.0.0.1:0' }\n").notes())
        .containsExactly(
            "without a token, 'http.listen' serves only hooks, health and metrics; the API is only at the Unix socket");
    assertThat(read(base + "http: { socket: run/s }\n").notes()).isEmpty();
    assertThat(read(base + "http: { listen: '127.0.0.1:0', token: $FLUKE_TOKEN }\n").notes())
        .isEmpty();
  }

  @Test
  void replacesVariablesAnywhere() throws Exception {
    environment.put("ONE", "1");

    Config config =
        read(
            "directory: .\nagents: { a: { local: {}, labels:"
                + " { x: 'a${ONE}b$ONE', plain: text } } }\n");

    assertThat(config.agents().get(0).labels()).containsEntry("x", "a1b1");
    assertThatThrownBy(
            () -> read("directory: .\nagents: { a: { local: {}, labels: { x: 'a$$b' } } }\n"))
        .hasMessageContaining("label 'x'")
        .hasMessageContaining("'a$b'");
  }

  @Test
  void givesEqualAgentsWhenReadAgain() throws Exception {
    Files.writeString(dir.resolve("inventory.yaml"), "all: { hosts: { db-01: } }\n");
    PrivateFile.write(dir.resolve("reader.token"), "canary-reader-token-0123456789abcdef\n");
    Path file = PrivateFile.write(dir.resolve("fluke.yaml"), EVERYTHING);
    ConfigReader reader = new ConfigReader(environment);

    Config first = reader.read("fluke.yaml", file);
    Config again = reader.read("fluke.yaml", file);

    assertThat(again.agents()).isEqualTo(first.agents());
    assertThat(again.fixed()).isEqualTo(first.fixed());
    assertThat(first.toString()).doesNotContain("canary");
  }

  @Test
  void detectsChangedFilesOfCredentials() throws Exception {
    PrivateFile.write(dir.resolve("a.token"), "canary-reader-token-0123456789abcdef\n");
    String http = "http: { tokens: [ { name: a, token_file: a.token, may: [read] } ] }\n";
    Config first = read("directory: .\nagents: {}\n" + http);
    PrivateFile.write(dir.resolve("a.token"), "canary-another-token-0123456789abcdef\n");
    Config other = read("directory: .\nagents: {}\n" + http);

    assertThat(other.fixed().get("http")).isNotEqualTo(first.fixed().get("http"));
  }

  @Test
  void detectsAChangedSection() throws Exception {
    Config first = read("directory: .\nlog: { level: info }\nagents: {}\n");
    Config other = read("directory: .\nlog: { level: warn }\nagents: { a: { local: {} } }\n");

    assertThat(other.fixed().get("log")).isNotEqualTo(first.fixed().get("log"));
    assertThat(other.fixed().get("directory")).isEqualTo(first.fixed().get("directory"));
    assertThat(other.fixed()).doesNotContainKey("agents");
  }
}
