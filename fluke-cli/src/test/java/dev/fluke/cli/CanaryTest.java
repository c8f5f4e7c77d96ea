package dev.fluke.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret in each place that takes one, and everything that is shown is looked through. */
@Tag("slow")
@Tag("Z02")
class CanaryTest {
  private static final Map<String, String> SECRETS =
      Map.of(
          "GIT_PASSWORD", "canary-git-password",
          "HOOK_SECRET", "canary-hook-secret",
          "KEY_PASSPHRASE", "canary-key-passphrase",
          "SSH_PASSWORD", "canary-ssh-password",
          "ALERT_SECRET", "canary-alert-secret",
          "API_TOKEN", "canary-api-token");

  @TempDir Path dir;

  private void configure(String level) throws Exception {
    Files.writeString(dir.resolve("key"), "no key at all\n");
    Files.writeString(
        dir.resolve("fluke.yaml"),
        """
        git:
          url: https://127.0.0.1:%1$s/infra.git
          basic_auth_user: bot
          basic_auth_password: $GIT_PASSWORD
          webhook_secret: $HOOK_SECRET
        agents:
          keyed: { ssh: { host: 127.0.0.1, port: %1$s, key_file: key,
                   key_passphrase: $KEY_PASSPHRASE, password: $SSH_PASSWORD } }
          here: { local: {} }
        drift: { policy: alert_only, alert_webhook: "http://127.0.0.1:%1$s/hook",
                 alert_secret: $ALERT_SECRET }
        http: { listen: "127.0.0.1:0", token: $API_TOKEN }
        log: { level: %2$s, format: json }
        """
            .formatted(Sshd.freePort(), level));
  }

  private static void showsNone(String shown) {
    for (String secret : SECRETS.values()) {
      String encoded = Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
      assertThat(shown).doesNotContain(secret, encoded.substring(0, encoded.length() - 4));
    }
  }

  @Test
  void noSecretShowsInLogApiArgumentsOrErrors() throws Exception {
    configure("trace");
    try (Program daemon = Program.daemon(dir, SECRETS)) {
      daemon.awaitLog("source_unreachable");
      Map<String, String> client = new LinkedHashMap<>(daemon.client());
      client.put("FLUKE_TOKEN", "canary-api-token");
      Shell shell = Shell.in(dir);
      client.forEach(shell::with);
      StringBuilder shown = new StringBuilder();
      for (String[] command :
          List.of(
              new String[] {"get", "agents", "-o", "json"},
              new String[] {"get", "events", "-o", "json"},
              new String[] {"get", "drift"},
              new String[] {"plan"},
              new String[] {"reconcile", "agent", "keyed", "--wait"},
              new String[] {"describe", "agent", "keyed"},
              new String[] {"describe", "task", "none"})) {
        Shell.Ended ended = shell.fluke(command);
        shown.append(ended.out()).append(ended.err());
      }
      shown.append(arguments(daemon.pid()));
      assertThat(shown).contains("keyed", "dev.fluke.cli.Main");
      daemon.signal("HUP");
      daemon.awaitLog("reloaded");
      daemon.signal("TERM");
      daemon.awaitEnd();

      showsNone(shown.toString());
      showsNone(daemon.log());
    }
  }

  private static String arguments(long pid) throws Exception {
    return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
  }

  @Test
  void aWrongTokenIsRefusedAndNotShown() throws Exception {
    configure("info");
    try (Program daemon = Program.daemon(dir, SECRETS)) {
      Shell shell = Shell.in(dir).with("FLUKE_SERVER", daemon.url());

      assertThat(shell.fluke("get", "agents"))
          .isEqualTo(
              new Shell.Ended(77, "", "fluke: the token is missing or wrong; set FLUKE_TOKEN\n"));
      Shell.Ended wrong = shell.fluke("get", "agents", "--token", "canary-wrong-token");
      assertThat(wrong.status()).isEqualTo(77);
      assertThat(wrong.err() + daemon.log()).doesNotContain("canary-wrong-token");
      assertThat(shell.fluke("get", "agents", "--token", "canary-api-token").status()).isZero();
      assertThat(shell.fluke("get", "agents", "--token", "canary two").err())
          .isEqualTo("fluke: the token must be printable ASCII without spaces\n");
    }
  }
}
