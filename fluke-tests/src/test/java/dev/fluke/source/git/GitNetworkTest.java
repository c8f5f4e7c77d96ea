package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Secret;
import dev.fluke.source.Revision;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of one's own, and proxies on the way. */
@Tag("slow")
class GitNetworkTest {
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
      try (FollowedSource stranger = new FollowedSource(git)) {
        assertThat(stranger.unavailable())
            .hasMessageContaining("unable to find valid certification path");
        assertThat(server.requests).isEmpty();
      }
      try (FollowedSource infra = new FollowedSource(git.caCertificates(dir.resolve("ca.pem")))) {
        assertThat(infra.poll()).isEqualTo(commit + " a");
      }
    }
  }

  @Test
  void aPemFileThatIsNoneIsSaidAtEachLookUntilItIsOne() throws Exception {
    Path pem = dir.resolve("own.pem");
    try (GitHttpServer server = GitHttpServer.tls(dir, selfSigned());
        FollowedSource infra = new FollowedSource(GitSource.at(server.url()).caCertificates(pem))) {
      for (int i = 0; i < 2; i++) {
        assertThat(infra.unavailable())
            .hasMessage("the certificate authorities can't be read: " + pem + ": no such file");
      }
      Files.writeString(pem, "");
      assertThat(infra.unavailable())
          .hasMessage("the certificate authorities can't be read: " + pem + ": has no certificate");
      Files.copy(dir.resolve("ca.pem"), pem, StandardCopyOption.REPLACE_EXISTING);

      Revision revision = infra.good();

      assertThat(revision.id()).isEqualTo(commit);
      assertThat(revision.remarks()).as("the mirror was never in question").isEmpty();
    }
  }

  @Test
  void aSettingOfGitsOwnThatTrustsEverybodyIsPassedOver() throws Exception {
    Path kept = dir.resolve("kept");
    try (GitHttpServer server = GitHttpServer.tls(dir, selfSigned());
        FollowedSource infra = new FollowedSource(GitSource.at(server.url()).mirror(kept))) {
      infra.unavailable();
      Files.writeString(
          kept.resolve("mirror.git/config"),
          "[http]\n\tsslVerify = false\n",
          StandardOpenOption.APPEND);

      assertThat(infra.unavailable())
          .hasMessageContaining("unable to find valid certification path");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void aProxyIsGoneThrough() throws Exception {
    try (GitHttpServer proxy = new GitHttpServer(dir);
        FollowedSource infra =
            new FollowedSource(
                GitSource.at("http://git.example.com/infra.git")
                    .insecure()
                    .proxy("127.0.0.1", proxy.port()))) {
      assertThat(infra.poll()).isEqualTo(commit + " a");
      assertThat(proxy.requests).isNotEmpty();
    }
  }

  @Test
  void aProxyIsGoneThroughToAnHttpsServerWithoutSeeingTheLogin() throws Exception {
    try (GitHttpServer server = GitHttpServer.tls(dir, selfSigned());
        Tunnel proxy = new Tunnel();
        FollowedSource infra =
            new FollowedSource(
                GitSource.at(server.url())
                    .caCertificates(dir.resolve("ca.pem"))
                    .token(Secret.of("canary"))
                    .proxy("127.0.0.1", proxy.port()))) {
      assertThat(infra.poll()).isEqualTo(commit + " a");
      assertThat(proxy.heads)
          .isNotEmpty()
          .allSatisfy(
              head ->
                  assertThat(head)
                      .startsWith("CONNECT 127.0.0.1:" + server.port() + " ")
                      .doesNotContain("canary"));
      assertThat(server.requests).allMatch(request -> request.endsWith("Bearer canary"));
    }
  }

  @Test
  void aProxyThatIsDownIsNamed() {
    try (FollowedSource infra =
        new FollowedSource(GitSource.at("https://git.example.com/x").proxy("127.0.0.1", 1))) {
      assertThat(infra.unavailable())
          .hasMessageContaining("the proxy 127.0.0.1:1: connection refused");
    }
  }
}
