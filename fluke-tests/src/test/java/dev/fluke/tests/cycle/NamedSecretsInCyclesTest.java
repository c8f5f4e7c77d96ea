package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Secret;
import dev.fluke.command.SecretSource;
import dev.fluke.file.ManagedFile;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.request.Scope;
import dev.fluke.shell.Shell;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.source.ScriptedSource;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A manifest names a secret; each walk of an agent takes its present value. */
@Tag("Z02")
class NamedSecretsInCyclesTest {
  private final AtomicReference<String> vault = new AtomicReference<>("canary-one");
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicBoolean isFixed = new AtomicBoolean();
  private final List<String> tokens = new ArrayList<>();

  private static final Task TASK =
      Task.named("api")
          .on(everyAgent())
          .step("s", Shell.check("check").command("fix").env("TOKEN", Secret.named("token")))
          .build();

  private FlukeKit kit() {
    SecretSource source =
        name -> {
          asked.incrementAndGet();
          return Optional.ofNullable(vault.get()).map(Secret::of);
        };
    return FlukeKit.create().configure(builder -> builder.secrets(source));
  }

  /** A pair that notes the token that its commands get. */
  private FakeHost host(FlukeKit kit) {
    FakeHost web = kit.agent("web-01", Map.of());
    web.answer("check", command -> CommandResult.exited(noted(command, isFixed.get() ? 0 : 1)));
    web.answer("fix", command -> CommandResult.exited(fixed(command)));
    return web;
  }

  private int noted(Command command, int status) {
    tokens.add(String.valueOf(command.revealEnv().get("TOKEN")));
    return status;
  }

  private int fixed(Command command) {
    isFixed.set(true);
    return noted(command, 0);
  }

  @Test
  void sendsThePresentValueAndAsksOncePerWalk() {
    try (FlukeKit kit = kit()) {
      host(kit);
      CycleReport report = kit.cycle(TASK);

      assertThat(report.task("api").on("web-01")).isRemediated();
      assertThat(asked).hasValue(1);
      assertThat(tokens).hasSizeGreaterThan(3).containsOnly("canary-one");
    }
  }

  @Tag("rule-12")
  @Test
  void countsAChangedSecretAsAChangedDeclaration() {
    try (FlukeKit kit = kit()) {
      host(kit);
      kit.cycle(TASK);
      isFixed.set(false);

      assertThat(kit.cycle().task("api").on("web-01").cause()).contains(DriftCause.REGRESSED);

      vault.set("canary-two");
      isFixed.set(false);
      tokens.clear();
      assertThat(kit.cycle().task("api").on("web-01").cause()).contains(DriftCause.DESIRED_CHANGED);
      assertThat(tokens).containsOnly("canary-two");
    }
  }

  @Test
  void takesTheSecretsThatATestGives() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.secret("token", "canary-of-the-kit");
      host(kit);

      assertThat(kit.cycle(TASK).task("api").on("web-01")).isRemediated();
      assertThat(tokens).containsOnly("canary-of-the-kit");
    }
  }

  @Test
  void endsUnknownWhileNobodySuppliesItAndLeavesOtherTasksAlone() {
    try (FlukeKit kit = kit()) {
      FakeHost web = host(kit);
      web.pair("check good", "fix good").broken();
      vault.set(null);
      CycleReport report = kit.cycle(TASK, Pair.task("good"));

      assertThat(report.task("api").on("web-01").outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(report.task("api").on("web-01").reason())
          .isEqualTo("nobody supplies the secret 'token'");
      assertThat(report.task("good").on("web-01")).isRemediated();
      assertThat(tokens).isEmpty();

      vault.set("canary-back");
      assertThat(kit.cycle().task("api").on("web-01")).isRemediated();
    }
  }

  @Test
  void goesOnWithOtherTasksWhileTheSourceHangs() {
    try (FlukeKit kit = FlukeKit.create()) {
      SecretSource hanging =
          name -> {
            kit.time().sleep(Duration.ofDays(1));
            return Optional.empty();
          };
      kit.configure(builder -> builder.secrets(hanging));
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check good", "fix good").broken();
      CycleReport report = kit.cycle(TASK, Pair.task("good"));

      assertThat(report.task("api").on("web-01").reason())
          .isEqualTo("secret 'token': the secret source did not answer within 10 s");
      assertThat(report.task("good").on("web-01")).isRemediated();
    }
  }

  @Test
  void showsTheNameInPlansAndNeverTheValue() {
    try (FlukeKit kit = kit()) {
      host(kit);
      kit.manifest(TASK);
      String plan = kit.reconciler().plan(Scope.all()).toJson();

      assertThat(plan).doesNotContain("canary");
      assertThat(kit.reconciler().status().toJson()).doesNotContain("canary");
      assertThat(TASK.steps().get(0).toString()).doesNotContain("canary");
    }
  }

  @Test
  void comparesAFileWithThePresentValue() {
    Task file =
        Task.named("file")
            .on(everyAgent())
            .step("f", ManagedFile.at("/etc/token").content(Secret.named("token")))
            .build();
    try (FlukeKit kit = kit()) {
      FakeHost web = kit.agent("web-01", Map.of());
      kit.manifest(file);
      kit.cycle();

      assertThat(web.unscripted()).singleElement().asString().doesNotContain("canary");
      assertThat(asked).hasValue(1);
    }
  }

  @Tag("rule-25")
  @Test
  void refusesARevisionWhoseSecretIsMissingAndTakesItOnceItIsThere() throws Exception {
    ScriptedSource infra = new ScriptedSource("infra").reads("c1", Map.of("a.fluke.yaml", YAML));
    vault.set(null);
    try (FlukeKit kit = kit().source(infra)) {
      kit.agent("web-01", Map.of()).pair("a", "b").healthy();
      kit.cycle();

      assertThat(kit.reconciler().status().source().errors())
          .containsExactly(
              "a.fluke.yaml:4:72: task 't': step 's': 'env': 'TOKEN': nobody supplies the secret 'token'");
      assertThat(kit.reconciler().status().source().revision()).isEmpty();

      vault.set("canary-there");
      kit.cycle();
      assertThat(kit.reconciler().status().source().revision()).contains("c1");
      assertThat(kit.reconciler().status().source().errors()).isEmpty();
    }
  }

  private static final String YAML =
      """
      tasks:
        t:
          selector: { all: true }
          steps: [ { shell: s, check: a, command: b, env: { TOKEN: { secret: token } } } ]
      """;
}
