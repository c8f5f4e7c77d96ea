package dev.fluke.tests.manual;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.event.Event;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Plan;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.source.ManifestSource;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a person asks for by hand. */
class ManualRunTest {
  @Tag("R12")
  @Tag("R26")
  @Tag("R36")
  @Tag("R37")
  @Tag("rule-23")
  @Test
  void bypassesPolicyAndReportsActorOriginAndReason() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      kit.manifest(Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build());
      kit.cycle();

      CycleReport report =
          kit.reconciler()
              .reconcile(
                  ManualRun.of(Scope.task("a")).by("ci").onBehalfOf("ann").because("ticket 7"));

      assertThat(report.actor()).isEqualTo("ci");
      assertThat(report.onBehalfOf()).isEqualTo("ann");
      assertThat(report.task("a").on("web-01"))
          .isRemediated()
          .hasReasonContaining("bypassed the drift policy alert_only");
      assertThat(web).ran("fix a").once();
      Event applied =
          kit.events().stream().filter(e -> e.type().equals("drift_remediated")).findFirst().get();
      assertThat(applied.field("on_behalf_of")).contains("ann");
      assertThat(applied.field("reason")).contains("ticket 7");
    }
  }

  @Tag("R37")
  @Tag("rule-22")
  @Test
  void bypassesBackOffAndResetsItWhenVerified() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var state = web.pair("check a", "fix a").broken().applyFails(1);
      kit.cycle(Pair.task("a"));
      web.pair("check a", "fix a").broken();

      CycleReport report = kit.reconciler().reconcile(Scope.all());

      assertThat(report.actor()).isEqualTo("application");
      assertThat(report.task("a").on("web-01"))
          .isRemediated()
          .hasReasonContaining("bypassed the back-off until");
      assertThat(kit.reconciler().status().agent("web-01").task("a").heldUntil()).isEmpty();
      assertThat(state).isNotNull();
    }
  }

  @Tag("E10")
  @Tag("R37")
  @Tag("R38")
  @Test
  void appliesTaskInSyncOnlyWhenForced() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      kit.manifest(Pair.task("a"));

      CycleReport plain = kit.reconciler().reconcile(Scope.task("a"));
      CycleReport forced = kit.reconciler().reconcile(ManualRun.of(Scope.task("a")).force());

      assertThat(plain.task("a").on("web-01")).isInSync().hasReasonContaining("nothing to apply");
      assertThat(forced.task("a").on("web-01")).isRemediated();
      assertThat(web).ran("fix a").once();
      assertThatThrownBy(() -> ManualRun.of(Scope.all()).force())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("name a task or an agent");
    }
  }

  @Tag("E11")
  @Test
  void endsUnreachableWithoutQueueing() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.unreachable("refused");
      kit.manifest(Pair.task("a"));

      CycleReport report = kit.reconciler().reconcile(Scope.agent("web-01"));

      assertThat(report.task("a").on("web-01")).isUnreachable().hasReasonContaining("refused");
    }
  }

  @Tag("rule-24")
  @Test
  void suggestsNearNameForUnknownOne() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).pair("check nginx", "fix nginx").healthy();
      kit.manifest(Pair.task("nginx"));

      assertThatThrownBy(() -> kit.reconciler().reconcile(Scope.task("ngnix")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no task 'ngnix'; did you mean 'nginx'?");
      assertThatThrownBy(() -> kit.reconciler().plan(Scope.agent("web-1")))
          .hasMessage("no agent 'web-1'; did you mean 'web-01'?");
    }
  }

  @Tag("rule-24")
  @Test
  void notesThatScopeMatchesNothing() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
      kit.manifest(
          dev.fluke.manifest.Task.named("a")
              .on(dev.fluke.agent.Selector.agent("other"))
              .step("s", Pair.of("a"))
              .build());

      CycleReport report = kit.reconciler().reconcile(Scope.task("a"));

      assertThat(report.tasks()).isEmpty();
      assertThat(report.notes()).containsExactly("scope 'task a' matches nothing");
    }
  }

  @Tag("rule-24")
  @Tag("E18")
  @Test
  void plansWithoutApplyingAndMarksWhatIsUnknown() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check 1", "fix 1").healthy();
      web.pair("check 2", "fix 2").broken();
      web.pair("check 3", "fix 3").broken();
      web.pair("check u", "fix u").checkAnswers(75);
      kit.manifest(
          dev.fluke.manifest.Task.named("three")
              .on(dev.fluke.agent.Selector.everyAgent())
              .step("1", Pair.of("1"))
              .step("2", Pair.of("2"))
              .step("3", Pair.of("3"))
              .build(),
          Pair.task("u"));

      Plan plan = kit.reconciler().plan(Scope.agent("web-01"));

      assertThat(plan.task("three", "web-01").steps())
          .extracting(step -> step.verdict())
          .containsExactly(
              Plan.Verdict.IN_SYNC, Plan.Verdict.WOULD_BE_APPLIED, Plan.Verdict.NOT_KNOWN_YET);
      assertThat(plan.task("u", "web-01").steps().get(0).verdict()).isEqualTo(Plan.Verdict.UNKNOWN);
      assertThat(plan.isInSync()).isFalse();
      assertThat(web.acted()).isEmpty();
    }
  }

  @Tag("rule-24")
  @Test
  void usesLastGoodRevisionAfterTenSecondsOfPolling() {
    var hangs = new java.util.concurrent.atomic.AtomicBoolean();
    Manifest manifest = Manifest.of(Pair.task("a"));
    try (FlukeKit kit = FlukeKit.create()) {
      ManifestSource code = ManifestSource.of(manifest);
      ManifestSource slow =
          (scheduler, reader) -> {
            ManifestSource.Feed feed = code.open(scheduler, reader);
            return () -> {
              if (hangs.get()) {
                scheduler.sleep(java.time.Duration.ofMinutes(5));
              }
              return feed.poll();
            };
          };
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      kit.source(slow);
      kit.cycle();
      hangs.set(true);
      var before = kit.time().now();

      CycleReport report = kit.reconciler().reconcile(Scope.task("a"));

      assertThat(java.time.Duration.between(before, kit.time().now()))
          .isEqualTo(java.time.Duration.ofSeconds(10));
      assertThat(report.notes())
          .containsExactly("the source " + slow + " is unavailable; this is revision code-1");
      assertThat(report.task("a").on("web-01")).isInSync();
    }
  }

  @Tag("S03")
  @Tag("rule-8")
  @Tag("rule-23")
  @Test
  void runsBetweenTwoTasksOfCycle() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      for (String name : List.of("a", "b", "c")) {
        web.pair("check " + name, "fix " + name).broken();
      }
      var a = web.pair("check a", "fix a").broken();
      kit.manifest(
          Pair.task("a"),
          Pair.task("b"),
          Pair.builder("c").onDrift(DriftPolicy.ALERT_ONLY).build());
      web.answer(
          "fix a",
          command -> {
            var unused = kit.reconciler().submit(ManualRun.of(Scope.task("c")));
            kit.time().yieldToOthers();
            a.healthy();
            return dev.fluke.command.CommandResult.exited(0);
          });

      CycleReport report = kit.cycle();

      assertThat(web.acted()).containsExactly("fix a", "fix c", "fix b");
      assertThat(web.busiest()).isEqualTo(1);
      assertThat(report.task("c").on("web-01")).isInSync();
    }
  }

  @Tag("X09")
  @Tag("rule-24")
  @Test
  void refusesToWaitInsideTheLoop() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      List<String> refused = new java.util.ArrayList<>();
      var a = web.pair("check a", "fix a").broken();
      kit.manifest(Pair.task("a"));
      web.answer(
          "fix a",
          command -> {
            for (Runnable call :
                List.<Runnable>of(
                    () -> kit.reconciler().cycle(),
                    () -> kit.reconciler().reconcile(Scope.all()),
                    () -> kit.reconciler().plan(Scope.all()),
                    () -> kit.reconciler().close())) {
              try {
                call.run();
              } catch (IllegalStateException e) {
                refused.add(e.getMessage());
              }
            }
            kit.reconciler().checkNow();
            a.healthy();
            return dev.fluke.command.CommandResult.exited(0);
          });

      assertThat(kit.cycle().task("a").on("web-01")).isRemediated();
      assertThat(refused).hasSize(4).allMatch(message -> message.contains("inside"));
    }
  }

  @Tag("rule-23")
  @Test
  void runsManualRunsInTheOrderOfRequest() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      List<String> names = List.of("a", "b", "c");
      for (String name : names) {
        web.pair("check " + name, "fix " + name).broken().applyTakes(Duration.ofSeconds(1));
      }
      kit.manifest(
          names.stream()
              .map(name -> Pair.builder(name).onDrift(DriftPolicy.ALERT_ONLY).build())
              .toArray(Task[]::new));
      for (String name : List.of("c", "a", "b")) {
        var unused = kit.reconciler().submit(ManualRun.of(Scope.task(name)));
      }
      kit.runFor(Duration.ofMinutes(1));

      assertThat(web.acted()).containsExactly("fix c", "fix a", "fix b");
    }
  }
}
