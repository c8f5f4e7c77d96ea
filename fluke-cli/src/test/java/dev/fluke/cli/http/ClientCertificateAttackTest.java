package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.Shell;
import dev.fluke.cli.access.Caller;
import dev.fluke.cli.access.Credentials;
import dev.fluke.cli.access.Right;
import dev.fluke.cli.config.HttpConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers with client certificates, and strangers who would like to be one; with real clients. */
@Tag("attack")
class ClientCertificateAttackTest {
  private static final String CLIENT = "extendedKeyUsage=clientAuth";
  private static final String TOKEN = "canary-0123456789abcdef0123456789abcdef";

  @TempDir static Path dir;
  private static TwoTeams teams;
  private static HttpServer server;

  @BeforeAll
  static void serve() throws Exception {
    TestAuthority ca = TestAuthority.create(dir, "ca");
    ca.issue("server", "/CN=fluke", "subjectAltName=IP:127.0.0.1", 2);
    ca.issue("ann", "/O=Example/CN=ann", CLIENT, 2);
    teams = new TwoTeams();
    teams.reconciler.cycle();
    Credentials credentials =
        new Credentials(
            List.of(Credentials.Token.of(TOKEN, Caller.unrestricted("ops"))),
            List.of(
                new Credentials.Client(
                    new X500Principal("CN=ann,O=Example"),
                    new Caller(
                        "CN=ann,O=Example",
                        Set.of(Right.READ, Right.RECONCILE),
                        TwoTeams.WEB.on()))));
    HttpConfig.Tls tls =
        new HttpConfig.Tls(
            dir.resolve("server.pem"), dir.resolve("server.key"), Optional.of(ca.certificate()));
    server =
        HttpServer.start(new HttpConfig("127.0.0.1", 0, credentials, Optional.of(tls)), teams.api);
  }

  @AfterAll
  static void stop() {
    server.close();
    teams.close();
  }

  /** The output of curl, and the HTTP status at its end; 000 if there was no response. */
  private static String curl(String path, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("curl", "-s", "-m", "20", "--cacert", "ca.pem", "-w", "\n%{http_code}"));
    command.addAll(List.of(more));
    command.add(server.url() + path);
    return TestProgram.run(dir, "", command).output();
  }

  private static String[] as(String client, String... more) {
    List<String> options = new ArrayList<>(List.of("--cert", client + ".pem"));
    options.addAll(List.of("--key", client + ".key"));
    options.addAll(List.of(more));
    return options.toArray(String[]::new);
  }

  @Test
  void knowsACallerByTheCertificate() throws Exception {
    assertThat(curl("/v1/agents", as("ann")))
        .contains("web-01")
        .doesNotContain("hidden-01")
        .endsWith("\n200");
    String report =
        curl("/v1/reconcile", as("ann", "--json", "{\"agent\":\"web-01\",\"reason\":\"r\"}"));
    assertThat(report).contains("\"actor\":\"CN=ann,O=Example\"").endsWith("\n202");
    assertThat(curl("/v1/plan", as("ann", "--json", "{\"agent\":\"web-01\"}")))
        .contains("has no right to plan")
        .endsWith("\n403");
    assertThat(curl("/v1/agents", as("ann", "-H", "Authorization: Bearer " + TOKEN)))
        .contains("hidden-01")
        .endsWith("\n200");
    assertThat(curl("/v1/agents", as("ann", "-H", "Authorization: Bearer x"))).endsWith("\n401");
    assertThat(curl("/v1/agents", "-H", "Authorization: Bearer " + TOKEN)).endsWith("\n200");
    assertThat(curl("/healthz")).endsWith("\n200");
    Shell.Ended command =
        Shell.in(dir)
            .with("FLUKE_SERVER", server.url())
            .fluke(
                "get",
                "agents",
                "--ca-file",
                "ca.pem",
                "--client-cert",
                "ann.pem",
                "--client-key",
                "ann.key");
    assertThat(command.out()).as(command.err()).contains("web-01").doesNotContain("hidden-01");
  }

  @Test
  void refusesStrangers() throws Exception {
    TestAuthority ca = new TestAuthority(dir, "ca");
    TestAuthority other = TestAuthority.create(dir, "other");
    ca.issue("bob", "/O=Example/CN=bob", CLIENT, 2);
    ca.issue("upper", "/O=Example/CN=ANN", CLIENT, 2);
    ca.issue("wide", "/O=Example/CN=\uff41nn", CLIENT, 2);
    ca.issue("more", "/C=DE/O=Example/CN=ann", CLIENT, 2);
    ca.issue("turned", "/CN=ann/O=Example", CLIENT, 2);
    ca.issue("escaped", "/CN=ann,O=Example", CLIENT, 2);
    ca.issue("host", "/O=Example/CN=ann", "extendedKeyUsage=serverAuth", 2);
    ca.issue("old", "/O=Example/CN=ann", CLIENT, -1);
    other.issue("forged", "/O=Example/CN=ann", CLIENT, 2);
    int tries = 0;
    int successes = 0;
    for (String stranger :
        List.of(
            "bob", "upper", "wide", "more", "turned", "escaped", "host", "old", "forged", "other",
            "ca", "server")) {
      for (String version : List.of("1.2", "1.3")) {
        String said = curl("/v1/agents", as(stranger, "--tls-max", version));
        tries++;
        if (!said.matches("(?s).*\n(401|000)")) {
          successes++;
          System.err.println(stranger + " got: " + said);
        }
      }
    }
    System.out.printf("attack\tclient-certificates\t%d\t%d%n", tries, successes);
    assertThat(successes).isZero();
  }

  /** A session of one client must not serve another, or without the certificate. */
  @Test
  void resumesNoSessionOfAnother() throws Exception {
    String request = "GET /v1/agents HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    List<String> client =
        List.of(
            "openssl",
            "s_client",
            "-ign_eof",
            "-quiet",
            "-CAfile",
            "ca.pem",
            "-connect",
            "127.0.0.1:" + URI.create(server.url()).getPort());
    for (String version : List.of("-tls1_2", "-tls1_3")) {
      String own =
          TestProgram.run(
                  dir, request, with(client, version, "-cert", "ann.pem", "-key", "ann.key"))
              .output();
      assertThat(own).contains("HTTP/1.1 200", "web-01");
      assertThat(TestProgram.run(dir, request, with(client, version)).output())
          .contains("HTTP/1.1 401");
    }
    String renegotiated =
        TestProgram.run(
                dir,
                "R\n" + request,
                with(
                    List.of(
                        "openssl",
                        "s_client",
                        "-CAfile",
                        "ca.pem",
                        "-connect",
                        "127.0.0.1:" + URI.create(server.url()).getPort()),
                    "-tls1_2"))
            .output();
    assertThat(renegotiated).doesNotContain("HTTP/1.1 200");
  }

  private static List<String> with(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all;
  }
}
