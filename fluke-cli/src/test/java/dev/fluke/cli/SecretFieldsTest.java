package dev.fluke.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fluke.command.Secret;
import dev.fluke.webhook.WebhookSignature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields of the config with secrets and keys, each by the access that it gives. */
@Tag("slow")
class SecretFieldsTest {
  private static final Pattern COMMAND = Pattern.compile("\"command\":\"([^\"]*)\"");

  @TempDir Path dir;

  private void manifest(String directory, String name) throws Exception {
    Path file = Files.createDirectories(dir.resolve(directory)).resolve(name + ".fluke.yaml");
    Files.writeString(
        file,
        """
        tasks:
          %1$s:
            selector: { all: true }
            steps: [ { shell: s, check: test -e %2$s/%1$s, command: touch %2$s/%1$s } ]
        """
            .formatted(name, dir));
  }

  private void configure(String text) throws Exception {
    String http = "http: { listen: \"127.0.0.1:0\", socket: fluke.sock }\n";
    PrivateFile.write(dir.resolve("fluke.yaml"), text + http);
  }

  private static int pushed(Program daemon, String secret, String repository) throws Exception {
    HttpRequest push =
        HttpRequest.newBuilder(URI.create(daemon.hooks() + "/hooks/git"))
            .header("X-Gitlab-Token", secret)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"project\":{\"git_ssh_url\":\"git@git.example.com:" + repository + "\"}}"))
            .build();
    return HttpClient.newHttpClient()
        .send(push, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Tag("W07")
  @Test
  void appliesKeyKnownHostsAndPushSecretOfGit() throws Exception {
    manifest("infra", "first");
    Program.sh(
        dir,
        "git init -qb main infra; git -C infra config user.name x; git -C infra config user.email x");
    Program.sh(dir, "git -C infra add . && git -C infra commit -qm first");
    try (Sshd host = Sshd.start(dir.resolve("host"))) {
      configure(
          """
          git: { url: "ssh://%s@127.0.0.1:%s%s/infra", poll_interval: 1h, webhook_secret: $HOOK,
                 ssh_key_file: host/login, ssh_known_hosts: host/known_hosts }
          agents: { here: { local: {} } }
          """
              .formatted(System.getProperty("user.name"), host.port(), dir));
      try (Program daemon = Program.daemon(dir, Map.of("HOOK", "canary-hook"))) {
        daemon.awaitLog("drift_remediated agent=here task=first");
        manifest("infra", "second");
        Program.sh(dir, "git -C infra add . && git -C infra commit -qm second");

        String infra = dir.toString().substring(1) + "/infra.git";
        assertThat(pushed(daemon, "canary-wrong", infra)).isEqualTo(401);
        assertThat(pushed(daemon, "canary-hook", "other/infra.git")).isEqualTo(202);
        assertThat(pushed(daemon, "canary-hook", infra)).isEqualTo(202);
        daemon.awaitLog("drift_remediated agent=here task=second");
      }
    }
  }

  @Test
  void appliesThePasswordOfSsh() throws Exception {
    manifest("manifests", "by-password");
    String user = "fl" + Long.toString(System.nanoTime() % 1_000_000_000L, 36);
    Program.sh(dir, "useradd -m -s /bin/sh -p \"$(openssl passwd -6 canary-password)\" " + user);
    String setting = "PasswordAuthentication yes";
    try (Sshd host = Sshd.start(dir.resolve("host"), setting)) {
      configure(
          """
          directory: manifests
          agents: { web-01: { ssh: { %s, user: %s, password: $PASSWORD } } }
          """
              .formatted(host.login(), user));

      Shell.Ended plan =
          Program.run(dir, Map.of("PASSWORD", "canary-password"), "plan", "--standalone");
      assertThat(plan.status()).as(plan.out() + plan.err()).isEqualTo(2);
      assertThat(plan.out()).contains("web-01  by-password  s     would be applied");

      Shell.Ended wrong = Program.run(dir, Map.of("PASSWORD", "canary-x"), "plan", "--standalone");
      assertThat(wrong.status()).as(wrong.out() + wrong.err()).isEqualTo(4);
      assertThat(wrong.out()).contains("login as " + user + " refused").doesNotContain("canary");
    } finally {
      Program.sh(dir, "userdel -rf " + user + " 2>/dev/null || true");
    }
  }

  @Test
  void signsAlertsAndNamesAWorkingCommandInThem() throws Exception {
    manifest("manifests", "told");
    BlockingQueue<String> alerts = new LinkedBlockingQueue<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", exchange -> take(exchange, alerts));
    receiver.start();
    configure(
        """
        directory: manifests
        agents: { here: { local: {} } }
        drift: { policy: alert_only, alert_webhook: "http://127.0.0.1:%s/", alert_secret: $ALERTS }
        """
            .formatted(receiver.getAddress().getPort()));
    try (Program daemon = Program.daemon(dir, Map.of("ALERTS", "canary-alerts"))) {
      Matcher command = COMMAND.matcher(String.valueOf(alerts.poll(30, TimeUnit.SECONDS)));
      assertThat(command.find()).isTrue();

      Shell.Ended typed = Program.shell(dir, daemon.client(), command.group(1) + " --wait");

      assertThat(typed.status()).as(command.group(1) + typed.out() + typed.err()).isZero();
      assertThat(dir.resolve("told")).exists();
      assertThat(alerts.poll(30, TimeUnit.SECONDS)).contains("\"incident\":\"closed\"");
    } finally {
      receiver.stop(0);
    }
  }

  /** Accepts the alerts that are signed with the secret. */
  private static void take(HttpExchange exchange, BlockingQueue<String> alerts) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Map<String, List<String>> headers = exchange.getRequestHeaders();
    boolean signed =
        WebhookSignature.verify(headers, body, Instant.now(), Secret.of("canary-alerts"));
    exchange.sendResponseHeaders(signed ? 204 : 401, -1);
    exchange.close();
    if (signed) {
      alerts.add(new String(body, UTF_8));
    }
  }
}
