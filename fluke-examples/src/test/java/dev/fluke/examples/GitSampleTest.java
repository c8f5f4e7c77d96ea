package dev.fluke.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Secret;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.source.PushWebhook;
import dev.fluke.source.git.GitSource;
import dev.fluke.ssh.Ssh;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The samples of the guide to Git. */
class GitSampleTest {

  @Test
  void declaresARepository() {
    // tag::git
    GitSource infra =
        GitSource.at("https://git.example.com/infra.git")
            .branch("main")
            .directory("fleet")
            .basicAuth("bot", Secret.from(() -> System.getenv("GIT_PASSWORD")))
            .every(Duration.ofSeconds(30));
    // end::git

    assertThat(infra.problems()).isEmpty();
    assertThat(infra).hasToString("https://git.example.com/infra.git branch 'main'");
  }

  @Test
  void reachesARepositoryOverSsh() {
    // tag::ssh
    GitSource infra =
        GitSource.at("git@git.example.com:infra.git")
            .over(Ssh.to("git.example.com").user("git").key(Path.of("/etc/fluke/id_ed25519")));
    // end::ssh

    assertThat(infra.problems()).isEmpty();
    assertThat(infra).hasToString("git@git.example.com:infra.git branch 'main'");
  }

  @Test
  void pollsOnAPush() {
    Secret secret = Secret.of("canary-push");
    Map<String, List<String>> headers = Map.of("X-Gitlab-Token", List.of("canary-push"));
    byte[] body = "{}".getBytes(UTF_8);
    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("here"))
            .manifest(dev.fluke.manifest.Manifest.empty())
            .build()) {
      // tag::push
      PushWebhook hook = PushWebhook.signedWith(secret, reconciler::pollNow);
      int status = hook.receive(headers, body, Instant.now()).status(); // 202, 401 or 413
      // end::push

      assertThat(status).isEqualTo(202);
    }
  }
}
