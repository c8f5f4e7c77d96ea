package dev.fluke.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches everything that Fluke shows for secrets, with one in each field that takes one. */
@Tag("slow")
@Tag("Z02")
class CanaryTest {
  /** Each with characters that URLs encode, so that its forms differ. */
  private static final Map<String, String> SECRETS =
      Map.of(
          "GIT_PASSWORD", "canary-git/password+1&",
          "HOOK_SECRET", "canary-hook/secret+2&",
          "KEY_PASSPHRASE", "canary-key/passphrase+3&",
          "SSH_PASSWORD", "canary-ssh/password+4&",
          "ALERT_SECRET", "canary-alert/secret+5&",
          "API_TOKEN", "canary-api/token+6&-0123456789abc",
          "APP_SECRET_NAMED", "canary-named/secret+7&");

  @TempDir Path dir;

  private void configure(String source, String host, String level) throws Exception {
    PrivateFile.write(dir.resolve("key"), "no key at all\n");
    PrivateFile.write(
        dir.resolve("fluke.yaml"),
        source
            + """
            agents:
              keyed: { ssh: { host: 127.0.0.2, key_file: key, key_passphrase: $KEY_PASSPHRASE } }
              refused: { ssh: { %1$s, password: $SSH_PASSWORD } }
              here: { local: {} }
            secrets: { environment: APP_SECRET_ }
            drift: { policy: remediate_and_alert, alert_webhook: "http://127.0.0.1:9/hook",
                     alert_secret: $ALERT_SECRET }
            http: { listen: "127.0.0.1:0", token: $API_TOKEN, socket: fluke.sock }
            log: { level: %2$s, format: json }
            """
                .formatted(host, level));
  }

  private static String git(int port) {
    return """
    git:
      url: http://127.0.0.1:%s/infra.git
      insecure: true
      basic_auth_user: bot
      basic_auth_password: $GIT_PASSWORD
      webhook_secret: $HOOK_SECRET
    """
        .formatted(port);
  }

  /** A task that fails, and prints its secret. */
  private String directory() throws Exception {
    Files.createDirectory(dir.resolve("manifests"));
    Files.writeString(
        dir.resolve("manifests/a.fluke.yaml"),
        """
        tasks:
          failing:
            selector: { all: true }
            steps:
              - shell: s
                check: echo "$T"; printf %s "$T" | base64; exit 1
                command: printf %s "user:$T" | base64 >&2; echo "$T" >&2; exit 3
                env: { T: { secret: named } }
        """);
    return "directory: manifests\n";
  }

  private static void showsNone(String shown) {
    for (String secret : SECRETS.values()) {
      assertThat(shown).doesNotContain(forms(secret));
    }
  }

  /** The forms of a secret: plain, in URLs, in hexadecimal, in base64 at any offset. */
  private static List<String> forms(String secret) {
    List<String> forms = new ArrayList<>(List.of(secret, URLEncoder.encode(secret, UTF_8)));
    forms.add(forms.get(1).toLowerCase(Locale.ROOT));
    String hex = HexFormat.of().formatHex(secret.getBytes(UTF_8));
    forms.addAll(List.of(hex, hex.toUpperCase(Locale.ROOT)));
    for (String before : List.of("", "x", "xx")) {
      byte[] bytes = (before + secret).getBytes(UTF_8);
      for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
        String encoded = encoder.encodeToString(bytes);
        forms.add(encoded.substring(before.isEmpty() ? 0 : 4, encoded.length() - 4));
      }
    }
    return forms;
  }

  @Test
  void showsNoSecretIfARepositoryRefusesTheLogin() throws Exception {
    Set<String> logins = ConcurrentHashMap.newKeySet();
    HttpServer refusing = refusing(logins);
    try {
      configure(git(refusing.getAddress().getPort()), "host: 127.0.0.3", "trace");
      noneIsShown("rejects the credentials, with HTTP status 401");
      assertThat(logins).containsExactly("Basic " + base64("bot:" + SECRETS.get("GIT_PASSWORD")));
    } finally {
      refusing.stop(0);
    }
  }

  @Test
  void showsNoSecretIfAHostRefusesTheLogin() throws Exception {
    try (Sshd host = Sshd.start(dir.resolve("host"))) {
      configure(directory(), host.login(), "trace");
      noneIsShown("agent_unreachable agent=refused", "outcome=failure", "failed to take an alert");
    }
  }

  /** Neither before nor after this is in the log. */
  private void noneIsShown(String... logged) throws Exception {
    try (Program daemon = Program.daemon(dir, SECRETS)) {
      for (String text : logged) {
        daemon.awaitLog(text);
      }
      String shown = commands(daemon) + pages(daemon) + arguments(daemon.pid());
      shown += threads(daemon.pid());
      assertThat(shown).contains("keyed", "dev.fluke.cli.Main", "fluke_", "fluke http");
      daemon.signal("HUP");
      daemon.awaitLog("reloaded");
      daemon.signal("TERM");
      daemon.awaitEnd();

      showsNone(shown);
      showsNone(daemon.log());
      assertThat(daemon.log()).contains("\"level\":\"TRACE\"");
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static HttpServer refusing(Set<String> logins) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          logins.add(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=x");
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private String commands(Program daemon) throws Exception {
    Shell shell = Shell.in(dir).with("FLUKE_TOKEN", SECRETS.get("API_TOKEN"));
    daemon.client().forEach(shell::with);
    SECRETS.forEach(shell::with);
    StringBuilder shown = new StringBuilder();
    for (String command :
        List.of(
            "get agents -o json",
            "get events -o json",
            "get events",
            "get drift",
            "plan",
            "reconcile agent keyed --wait",
            "reconcile agent refused --wait",
            "describe agent keyed",
            "describe agent refused",
            "describe task none",
            "validate",
            "plan --standalone")) {
      Shell.Ended ended = shell.fluke(command.split(" "));
      shown.append(ended.out()).append(ended.err());
    }
    return shown.toString();
  }

  private static String pages(Program daemon) throws Exception {
    StringBuilder shown = new StringBuilder();
    for (String page : List.of("/metrics", "/v1/status", "/readyz", "/no-such-page")) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(daemon.url() + page))
              .header("Authorization", "Bearer " + SECRETS.get("API_TOKEN"))
              .build();
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      shown.append(answer.headers().map()).append(answer.body());
    }
    return shown.toString();
  }

  private static String threads(long pid) throws Exception {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process = new ProcessBuilder(jcmd + "", pid + "", "Thread.print").start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  private static String arguments(long pid) throws Exception {
    return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
  }

  @Test
  void rejectsAWrongTokenWithoutShowingIt() throws Exception {
    configure(directory(), "host: 127.0.0.3", "info");
    try (Program daemon = Program.daemon(dir, SECRETS)) {
      Shell shell = Shell.in(dir).with("FLUKE_SERVER", daemon.url());

      assertThat(shell.fluke("get", "agents"))
          .isEqualTo(
              new Shell.Ended(77, "", "fluke: the token is missing or wrong; set FLUKE_TOKEN\n"));
      Shell.Ended wrong = shell.fluke("get", "agents", "--token", "canary-wrong-token");
      assertThat(wrong.status()).isEqualTo(77);
      assertThat(wrong.err() + daemon.log()).doesNotContain("canary-wrong-token");
      assertThat(shell.fluke("get", "agents", "--token", SECRETS.get("API_TOKEN")).status())
          .isZero();
      assertThat(shell.fluke("get", "agents", "--token", "canary two").err())
          .isEqualTo("fluke: the token must be printable ASCII without spaces\n");
    }
  }
}
