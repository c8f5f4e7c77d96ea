package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Secret;
import dev.fluke.source.SourceUnavailableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in: once a look, at the own host only, and nothing secret is ever told. */
@Timeout(60)
class GitAuthenticationTest {
  private @TempDir Path dir;
  private GitRepo repo;

  @BeforeEach
  void create() {
    repo = GitRepo.in(dir);
  }

  @Tag("G12")
  @Tag("Z02")
  @Test
  void aRefusedLoginIsTriedOncePerLookAndTheSecretIsNowhere() throws Exception {
    String id = repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    AtomicReference<String> password = new AtomicReference<>("canary-old");
    String right = basic("canary-new");
    try (GitHttpServer server = new GitHttpServer(dir);
        FollowedSource infra =
            new FollowedSource(
                GitSource.at(server.url())
                    .insecure()
                    .basicAuth("ann", Secret.from(password::get)))) {
      server.answers(
          exchange -> {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (right.equals(given)) {
              server.backend(exchange);
            } else {
              GitHttpServer.status(401, "not " + given, "WWW-Authenticate", "Basic realm=x")
                  .to(exchange);
            }
          });
      for (int i = 1; i <= 3; i++) {
        assertThat(everythingOf(infra.unavailable())).doesNotContain("canary", basic("canary-old"));
        assertThat(server.requests).hasSize(i);
      }
      server.answers(GitHttpServer.status(403, "no"));
      assertThat(everythingOf(infra.unavailable()))
          .contains("not permitted")
          .doesNotContain("canary");
      assertThat(server.requests).hasSize(4);
      password.set("canary-new");
      server.answersAsUsual();
      assertThat(infra.poll()).isEqualTo(id + " a");
      assertThat(server.requests).allMatch(request -> request.contains("Basic "));
    }
  }

  private static String basic(String password) {
    return "Basic "
        + Base64.getEncoder().encodeToString(("ann:" + password).getBytes(StandardCharsets.UTF_8));
  }

  private static String everythingOf(Throwable failure) {
    java.io.StringWriter all = new java.io.StringWriter();
    failure.printStackTrace(new java.io.PrintWriter(all));
    return all.toString();
  }

  @Tag("G12")
  @Tag("Z02")
  @Test
  void aSecretThatTheServerSendsBackIsNotPassedOn() throws Exception {
    try (GitHttpServer server = new GitHttpServer(dir);
        FollowedSource infra =
            new FollowedSource(
                GitSource.at(server.url())
                    .insecure()
                    .basicAuth("ann", Secret.of("canary-login")))) {
      String error = "ERR no, canary-login and " + basic("canary-login");
      server.answers(
          GitHttpServer.status(
              200,
              "001e# service=git-upload-pack\n0000"
                  + String.format("%04x%s", error.length() + 4, error),
              "Content-Type",
              "application/x-git-upload-pack-advertisement"));

      String all = everythingOf(infra.unavailable());

      assertThat(all).contains("no, ***", " and Basic ***");
      assertThat(all).doesNotContain("canary", basic("canary-login").substring(6));
    }
  }

  @Tag("G12")
  @Tag("Z02")
  @ParameterizedTest
  @ValueSource(strings = {"canary\n", "canary\r\n", "", "canary two", "caf\u00e9-canary"})
  void aTokenThatCanNotBeSentIsSaidAndNotShown(String token) throws Exception {
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    AtomicReference<String> now = new AtomicReference<>(token);
    try (GitHttpServer server = new GitHttpServer(dir);
        FollowedSource infra =
            new FollowedSource(
                GitSource.at(server.url()).insecure().token(Secret.from(now::get)))) {
      String all = everythingOf(infra.unavailable());

      assertThat(all)
          .contains(token.isEmpty() ? "is empty" : "another character that can't be sent; strip it")
          .doesNotContain("canary");
      assertThat(server.requests).isEmpty();
      now.set("right");
      assertThat(infra.good().remarks()).isEmpty();
      assertThat(server.requests).allMatch(request -> request.endsWith("Bearer right"));
    }
  }

  @Tag("G12")
  @Tag("Z02")
  @Test
  void aSecretThatCanNotBeHadIsSaidWithoutTheWordsOfItsSupplierAndHeals() throws Exception {
    String id = repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    AtomicReference<String> vault = new AtomicReference<>();
    Secret secret =
        Secret.from(
            () -> {
              if (vault.get() == null) {
                throw new IllegalStateException("no lease for canary");
              }
              return vault.get();
            });
    try (GitHttpServer server = new GitHttpServer(dir);
        FollowedSource infra =
            new FollowedSource(GitSource.at(server.url()).insecure().basicAuth("ann", secret))) {
      for (int i = 0; i < 2; i++) {
        SourceUnavailableException thrown = infra.unavailable();
        assertThat(thrown)
            .hasMessage(
                "the secret of the credentials is unavailable: its supplier threw IllegalStateException");
        assertThat(everythingOf(thrown)).doesNotContain("canary");
      }
      vault.set("right");

      assertThat(infra.poll()).isEqualTo(id + " a");
      assertThat(server.requests).allMatch(request -> request.endsWith(basic("right")));
    }
  }

  @Test
  void anEmptyUserIsAUserToo() throws Exception {
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    try (GitHttpServer server = new GitHttpServer(dir);
        FollowedSource infra =
            new FollowedSource(
                GitSource.at(server.url()).insecure().basicAuth("", Secret.of("canary")))) {
      infra.poll();

      assertThat(server.requests).allMatch(request -> request.endsWith("Basic OmNhbmFyeQ=="));
    }
  }

  @Tag("G12")
  @Test
  void theLoginGoesToTheRepositorysOwnHostOnly() throws Exception {
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    try (GitHttpServer other = new GitHttpServer(dir);
        GitHttpServer server = new GitHttpServer(dir);
        FollowedSource infra =
            new FollowedSource(
                GitSource.at(server.url()).insecure().token(Secret.of("canary-login")))) {
      server.answers(
          exchange ->
              GitHttpServer.status(
                      302, "", "Location", other.url() + "/info/refs?service=git-upload-pack")
                  .to(exchange));

      assertThat(infra.poll()).endsWith(" a");

      assertThat(server.requests).allMatch(request -> request.endsWith("Bearer canary-login"));
      assertThat(other.requests).isNotEmpty().allMatch(request -> request.endsWith(" -"));
    }
  }
}
