package dev.fluke.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of one's own, and proxies on the way. */
class GitWayTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private @TempDir Path dir;
  private String commit = "";

  @BeforeEach
  void create() {
    commit = GitRepo.in(dir).push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
  }

  private SSLContext selfSigned() throws Exception {
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "SAN=ip:127.0.0.1");
    keytool("-exportcert", "-rfc", "-file", dir.resolve("ca.pem").toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(dir.resolve("keys"))) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private void keytool(String... arguments) throws Exception {
    List<String> argv =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    argv.addAll(List.of(arguments));
    argv.addAll(
        List.of(
            "-alias",
            "x",
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD),
            "-keystore",
            dir.resolve("keys").toString()));
    Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void aPrivateAuthorityIsTrustedOnlyIfNamed() throws Exception {
    try (GitHttpServer server = GitHttpServer.tls(dir, selfSigned())) {
      GitSource git = GitSource.at(server.url());
      try (Following stranger = new Following(git)) {
        assertThat(stranger.away()).hasMessageContaining("unable to find valid certification path");
        assertThat(server.requests).isEmpty();
      }
      try (Following infra = new Following(git.trusting(dir.resolve("ca.pem")))) {
        assertThat(infra.poll()).isEqualTo(commit + " a");
      }
      try (Following wrong = new Following(git.trusting(dir.resolve("nowhere.pem")))) {
        assertThat(wrong.away()).hasMessageContaining("nowhere.pem can't be read");
      }
    }
  }

  @Test
  void aProxyIsGoneThrough() throws Exception {
    try (GitHttpServer proxy = new GitHttpServer(dir);
        Following infra =
            new Following(
                GitSource.at("http://git.example.com/infra.git")
                    .insecure()
                    .proxy("127.0.0.1", proxy.port()))) {
      assertThat(infra.poll()).isEqualTo(commit + " a");
      assertThat(proxy.requests).isNotEmpty();
    }
  }
}
