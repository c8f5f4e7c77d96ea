package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.cli.Certificates;
import dev.fluke.cli.Program;
import dev.fluke.cli.Shell;
import dev.fluke.cli.config.HttpConfig;
import dev.fluke.command.Secret;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.time.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API over HTTPS. */
class TlsTest {
  @TempDir Path dir;

  private void certificate(String kind) throws Exception {
    Certificates.create(dir, "of", kind);
  }

  private HttpServer serve(Reconciler reconciler, Scheduler scheduler) throws Exception {
    HttpConfig.Tls tls = new HttpConfig.Tls(dir.resolve("of-cert.pem"), dir.resolve("of-key.pem"));
    return HttpServer.start(
        new HttpConfig("127.0.0.1", 0, Optional.of(Secret.of("canary-tls")), Optional.of(tls)),
        new Api(reconciler, scheduler, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa:2048", "ec -pkeyopt ec_paramgen_curve:prime256v1", "ed25519"})
  void trustsOnlyTheCaFile(String key) throws Exception {
    certificate(key);
    try (Scheduler scheduler = Scheduler.system();
        Reconciler reconciler =
            Reconciler.builder().agent(Agent.named("here")).manifest(Manifest.empty()).build();
        HttpServer server = serve(reconciler, scheduler)) {
      Shell shell =
          Shell.in(dir).with("FLUKE_SERVER", server.url()).with("FLUKE_TOKEN", "canary-tls");

      assertThat(server.url()).startsWith("https://127.0.0.1:");
      Shell.Ended trusted = shell.fluke("get", "agents", "--ca-file", "of-cert.pem");
      assertThat(trusted.status()).as(trusted.err()).isZero();
      Map<String, String> env = Map.of("FLUKE_SERVER", server.url(), "FLUKE_TOKEN", "canary-tls");
      assertThat(Program.run(dir, env, "get", "agents", "--ca-file", "of-cert.pem"))
          .isEqualTo(trusted);
      Shell.Ended stranger = shell.fluke("get", "agents");
      assertThat(stranger.status()).isEqualTo(4);
      assertThat(stranger.err()).contains("can't trust https://", "--ca-file");
    }
  }

  @Test
  void namesAFileWithoutAKey() throws Exception {
    certificate("rsa:2048");
    Files.writeString(dir.resolve("of-key.pem"), "-----BEGIN RSA PRIVATE KEY-----\n");
    try (Scheduler scheduler = Scheduler.system();
        Reconciler reconciler = Reconciler.builder().manifest(Manifest.empty()).build()) {
      assertThatThrownBy(() -> serve(reconciler, scheduler))
          .hasMessageContaining("key.pem contains no unencrypted PKCS #8 key; 'openssl pkcs8");
    }
  }
}
