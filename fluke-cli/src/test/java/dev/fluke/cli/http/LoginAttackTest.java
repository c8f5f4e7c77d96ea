package dev.fluke.cli.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.cli.config.HttpConfig;
import dev.fluke.command.Secret;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.source.PushWebhook;
import dev.fluke.time.Scheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strangers guess tokens, and secrets of pushes, as fast as they can. */
@Tag("attack")
@Tag("slow")
class LoginAttackTest {
  private static final int TRIES = 20 * Integer.getInteger("fluke.attack.tries", 20);
  private static final String TOKEN = "canary-token-of-32-characters-000";
  private static final String MANY_AT_ONCE = "--parallel --parallel-immediate --parallel-max 100 ";
  private static final String RETRY = "--retry 5 --retry-all-errors ";
  private static final String HOOK = "canary-secret-of-the-hook";

  private static final Scheduler scheduler = Scheduler.system();
  private static Reconciler reconciler;
  private static HttpServer server;

  @TempDir Path bodies;

  @BeforeAll
  static void serve() throws Exception {
    reconciler = Reconciler.builder().agent(Agent.named("here")).manifest(Manifest.empty()).build();
    PushWebhook hook = PushWebhook.signedWith(Secret.of(HOOK), () -> {});
    server =
        HttpServer.start(
            new HttpConfig("127.0.0.1", 0, Optional.of(Secret.of(TOKEN)), Optional.empty()),
            new Api(reconciler, scheduler, Optional.of(hook)));
  }

  @AfterAll
  static void stop() {
    server.close();
    reconciler.close();
    scheduler.close();
  }

  /**
   * The statuses of requests of curl, each over a connection of its own. The bodies go to a file,
   * because curl empties its output before a retry, which /dev/null does not allow.
   */
  private List<String> curl(String from, String header, String what) throws Exception {
    Process curl =
        new ProcessBuilder(
                "bash",
                "-c",
                "curl -s --interface %s -o %s -w '%%{http_code}\\n' -H '%s' %s"
                    .formatted(from, bodies.resolve("body"), header, what))
            .start();
    return new String(curl.getInputStream().readAllBytes(), UTF_8).lines().toList();
  }

  @ParameterizedTest
  @CsvSource({
    "token, 127.2.0.1, /v1/status, Authorization: Bearer, 200",
    "push, 127.2.0.2, /hooks/git -d {}, X-Gitlab-Token:, 202"
  })
  void slowsGuessesDownByAddress(
      String name, String from, String page, String header, String accepted) throws Exception {
    String valid = header + " " + (name.equals("push") ? HOOK : TOKEN);
    String url = server.url() + page;
    String many = url.replaceFirst("( |$)", "?[1-" + TRIES + "]$1");
    long start = System.nanoTime();

    List<String> statuses = curl(from, header + " wrong-guess", MANY_AT_ONCE + many);

    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    long verified = statuses.stream().filter("401"::equals).count();
    long allowed = 20 + 2 * (seconds + 3);
    System.out.printf("attack\tguess-%s\t%d\t%d%n", name, TRIES, Math.max(0, verified - allowed));
    assertThat(verified).isBetween(20L, allowed);
    assertThat(statuses).hasSize(TRIES).contains("429").isSubsetOf("401", "429", "000");
    assertThat(curl("127.2.0.9", valid, RETRY + url)).endsWith(accepted);
    assertThat(curl(from, valid, RETRY + url)).endsWith(accepted);
    curl(from, header + " wrong-guess", MANY_AT_ONCE + many);
    assertThat(curl(from, valid, RETRY + url)).endsWith(accepted);
  }
}
