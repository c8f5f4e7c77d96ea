package dev.fluke.source.git;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Secret;
import dev.fluke.event.Event;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.TaskReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.source.PushWebhook;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The loop on a real repository: a commit changes the fleet, a broken one nothing. */
class GitLoopTest {
  private final FlukeKit kit = FlukeKit.create();
  private @TempDir Path dir;
  private GitRepo repo;
  private FakeHost web;

  @BeforeEach
  void create() {
    repo = GitRepo.in(dir);
    web = kit.agent("web-01", Map.of("role", "web"));
    kit.configure(builder -> builder.kind(new PairKind())).source(GitSource.at(repo.url()));
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private List<Event> told(String type) {
    return kit.events().stream().filter(event -> event.type().equals(type)).toList();
  }

  private String enforced() {
    return kit.reconciler().status().source().revision().orElse("none");
  }

  @Tag("R9")
  @Test
  void aCommitIsEnforcedNoLaterThanOnePollAfterIt() {
    web.pair("check a", "fix a").broken();
    web.pair("check b", "fix b").broken();
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    kit.start();
    kit.runFor(Duration.ofSeconds(10));
    assertThat(web).ran("fix a").once();

    String second = repo.push("Two", Map.of("b.fluke.yaml", PairKind.file("b")));
    kit.runFor(Duration.ofSeconds(61));

    assertThat(web).ran("fix b").once();
    assertThat(enforced()).isEqualTo(second);
  }

  @Tag("R10")
  @Test
  void aSignedPushIsEnforcedAtOnceAndAWrongOneIsNot() {
    web.pair("check a", "fix a").broken();
    repo.push("One", Map.of("readme", "x"));
    PushWebhook hook =
        PushWebhook.signedWith(Secret.of("canary-gitlab"), () -> kit.reconciler().pollNow());
    kit.start();
    kit.runFor(Duration.ofSeconds(1));
    repo.push("Two", Map.of("a.fluke.yaml", PairKind.file("a")));

    Map<String, List<String>> wrong = Map.of("X-Gitlab-Token", List.of("guess"));
    assertThat(hook.receive(wrong, new byte[0], kit.time().now()).status()).isEqualTo(401);
    kit.runFor(Duration.ofSeconds(2));
    assertThat(web).ran("fix a").never();

    Map<String, List<String>> right = Map.of("X-Gitlab-Token", List.of("canary-gitlab"));
    for (int i = 0; i < 20; i++) {
      assertThat(hook.receive(right, new byte[0], kit.time().now()).status()).isEqualTo(202);
    }
    kit.runFor(Duration.ofSeconds(2));
    assertThat(web).ran("fix a").once();
    assertThat(web.asked().stream().filter("check a"::equals))
        .as("cycles and looks")
        .hasSizeLessThan(5);
  }

  @Tag("M09")
  @Tag("G14")
  @Test
  void aCommitWithOneBrokenFileAmongFiftyChangesNothing() {
    web.pair("check a", "fix a").broken();
    for (int i = 0; i < 50; i++) {
      repo.write("f" + i + ".fluke.yaml", PairKind.file("n" + i));
      web.pair("check n" + i, "fix n" + i).healthy();
    }
    String good = repo.push("Good", Map.of("f0.fluke.yaml", PairKind.file("a")));
    kit.cycle();
    for (int i = 1; i < 50; i++) {
      repo.write("f" + i + ".fluke.yaml", PairKind.file("other" + i));
    }
    String broken = repo.push("Broken", Map.of("f49.fluke.yaml", "tasks: { x: { steps: 1 } }"));
    for (int i = 0; i < 10; i++) {
      web.pair("check a", "fix a").broken();
      assertThat(kit.cycle().task("a").on("web-01")).isRemediated();
    }

    assertThat(enforced()).isEqualTo(good);
    assertThat(web.asked()).noneMatch(command -> command.contains("other"));
    assertThat(told("source_broken")).hasSize(1);
    assertThat(told("source_broken").get(0).toJson())
        .contains(broken, "f49.fluke.yaml:1:22: task 'x': 'steps' must be a list");
  }

  @Tag("E27")
  @Tag("G05")
  @Test
  void whileTheRepositoryIsAwayTheLastGoodCommitIsEnforced() throws Exception {
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    web.pair("check a", "fix a").healthy();
    kit.start();
    kit.runFor(Duration.ofSeconds(5));
    java.nio.file.Files.move(repo.bare, dir.resolve("away"));
    kit.runFor(Duration.ofMinutes(10));
    web.pair("check a", "fix a").broken();
    kit.runFor(Duration.ofMinutes(2));

    assertThat(web).ran("fix a").once();
    assertThat(told("source_unreachable")).hasSize(1);
    java.nio.file.Files.move(dir.resolve("away"), repo.bare);
    String second = repo.push("Two", Map.of("readme", "x"));
    kit.runFor(Duration.ofMinutes(6));
    assertThat(told("source_recovered")).hasSize(1);
    assertThat(enforced()).isEqualTo(second);
  }

  @Tag("R13")
  @Test
  void selectorsInTheFilesChooseTheAgents() {
    FakeHost db = kit.agent("db-01", Map.of("role", "db"));
    web.pair("check a", "fix a").broken();
    db.pair("check a", "fix a").broken();
    repo.push(
        "One",
        Map.of(
            "a.fluke.yaml",
            PairKind.file("a").replace("{ all: true }", "{ match_labels: { role: db } }")));

    kit.cycle();

    assertThat(db).ran("fix a").once();
    assertThat(web).ran("fix a").never();
  }

  static Stream<Arguments> policies() {
    return Stream.of(DriftPolicy.values())
        .flatMap(
            byDefault ->
                Stream.of("", "remediate", "remediate_and_alert", "alert_only")
                    .map(own -> Arguments.of(byDefault, own)));
  }

  @Tag("R18")
  @Tag("R19")
  @ParameterizedTest
  @MethodSource("policies")
  void theTasksPolicyWinsOverTheDefault(DriftPolicy byDefault, String own) {
    kit.configure(builder -> builder.onDrift(byDefault));
    web.pair("check a", "fix a").broken();
    String file = PairKind.file("a");
    repo.push(
        "One",
        Map.of(
            "a.fluke.yaml",
            own.isEmpty()
                ? file
                : file.replace("    steps:", "    drift: { policy: " + own + " }\n    steps:")));

    TaskReport report = kit.cycle().task("a").on("web-01");

    DriftPolicy effective = own.isEmpty() ? byDefault : DriftPolicy.of(own);
    assertThat(report.policy()).isEqualTo(effective);
    assertThat(web.acted()).hasSize(effective.applies() ? 1 : 0);
    assertThat(kit.alerts().isEmpty()).isEqualTo(!effective.alerts());
  }

  @Tag("E5")
  @Tag("E6")
  @Test
  void aCommitThatMeansTheSameIsNoDrift() {
    web.pair("check a", "fix a").healthy();
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    kit.cycle();
    String second =
        repo.push(
            "Two",
            Map.of(
                "a.fluke.yaml",
                "locals: { what: a }\n"
                    + PairKind.file("a")
                        .replace("check: check a", "check: check ${local.what}")
                        .replace("    steps", "    description: said anew\n    steps")));

    assertThat(kit.cycle().task("a").on("web-01")).isInSync();
    assertThat(enforced()).isEqualTo(second);
    assertThat(told("drift_detected")).isEmpty();
  }

  @Tag("L01")
  @Tag("L02")
  @Test
  void aSelectorThatMatchesNobodyAndAKeyThatNobodyHasAreSaidOnce() {
    repo.push(
        "One",
        Map.of(
            "a.fluke.yaml",
            PairKind.file("a").replace("{ all: true }", "{ match_labels: { roel: web } }")));
    for (int i = 0; i < 10; i++) {
      kit.cycle();
    }

    assertThat(told("warning"))
        .extracting(event -> event.field("message").orElse("").toString())
        .containsExactly(
            "task 'a': its selector matches no agent: roel is web",
            "task 'a': no agent has a label 'roel'; did you mean 'role'?");
  }

  @Tag("rule-24")
  @Test
  void aManualRunSeesTheNewestCommit() {
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    web.pair("check a", "fix a").healthy();
    web.pair("check b", "fix b").broken();
    kit.cycle();
    String second = repo.push("Two", Map.of("b.fluke.yaml", PairKind.file("b")));

    var report = kit.reconciler().reconcile(ManualRun.of(Scope.task("b")).by("ann"));

    assertThat(report.task("b").on("web-01")).isRemediated();
    assertThat(report.task("b").on("web-01").revision()).isEqualTo(second);
  }
}
