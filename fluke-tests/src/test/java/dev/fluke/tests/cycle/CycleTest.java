package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.agent.Selector.label;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.report.StepOutcome;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One agent's way through one cycle. */
class CycleTest {
  private final Task nginx = Pair.task("nginx");

  @Tag("R1")
  @Tag("R7")
  @Tag("R34")
  @Tag("rule-15")
  @Test
  void aDriftedTaskIsAppliedOnceAndVerified() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check nginx", "fix nginx").broken();

      CycleReport report = kit.cycle(nginx);

      assertThat(report.task("nginx").on("web-01")).isRemediated();
      assertThat(web).ran("fix nginx").once();
      assertThat(kit.cycle().task("nginx").on("web-01")).isInSync();
      assertThat(web).ran("fix nginx").once();
    }
  }

  @Tag("R1")
  @Test
  void driftThatAHumanHealsIsInSyncNextTimeAndNothingIsApplied() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var state = web.pair("check nginx", "fix nginx").broken();
      kit.manifest(Pair.builder("nginx").onDrift(DriftPolicy.ALERT_ONLY).build());

      assertThat(kit.cycle().task("nginx").on("web-01")).isDrifted();
      assertThat(kit.reconciler().status().agent("web-01").task("nginx").revision())
          .isEqualTo("code-1");
      state.healthy();

      assertThat(kit.cycle().task("nginx").on("web-01")).isInSync();
      assertThat(web).ran("fix nginx").never();
    }
  }

  @Tag("E1")
  @Tag("R32")
  @Test
  void aNewTaskThatPassesAtOnceIsInSyncWithoutAnEventAndCheckedEachCycle() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check nginx", "fix nginx").healthy();
      kit.manifest(nginx);

      for (int i = 0; i < 10; i++) {
        assertThat(kit.cycle().task("nginx").on("web-01")).isInSync();
      }

      assertThat(web).asked("check nginx").times(10);
      assertThat(kit.events())
          .extracting(event -> event.type())
          .containsExactly("revision_adopted");
    }
  }

  @Tag("R16")
  @Tag("rule-11")
  @Tag("rule-15")
  @Test
  void onlyTheDriftedStepOfATaskIsApplied() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      web.pair("check b", "fix b").broken();
      web.pair("check c", "fix c").healthy();
      Task task =
          Task.named("three")
              .on(everyAgent())
              .step("a", Pair.of("a"))
              .step("b", Pair.of("b"))
              .step("c", Pair.of("c"))
              .build();

      CycleReport report = kit.cycle(task);

      assertThat(web.acted()).containsExactly("fix b");
      assertThat(report.task("three").on("web-01").step("a").outcome())
          .isEqualTo(StepOutcome.IN_SYNC);
      assertThat(report.task("three").on("web-01").step("b").outcome())
          .isEqualTo(StepOutcome.APPLIED);
    }
  }

  @Tag("R17")
  @Tag("R25")
  @Tag("rule-14")
  @Test
  void threePoliciesOnOneAgentBehaveThreeWays() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      for (String name : List.of("a", "b", "c")) {
        web.pair("check " + name, "fix " + name).broken();
      }

      CycleReport report =
          kit.cycle(
              Pair.builder("a").onDrift(DriftPolicy.REMEDIATE).build(),
              Pair.builder("b").onDrift(DriftPolicy.REMEDIATE_AND_ALERT).build(),
              Pair.builder("c").onDrift(DriftPolicy.ALERT_ONLY).build());

      assertThat(report.tasks())
          .extracting(task -> task.outcome())
          .containsExactly(Outcome.REMEDIATED, Outcome.REMEDIATED, Outcome.DRIFTED);
      assertThat(web.acted()).containsExactly("fix a", "fix b");
      assertThat(report.task("c").on("web-01").reason()).contains("drift policy is alert_only");
    }
  }

  @Tag("R25")
  @Test
  void alertOnlyNeverWritesAndSpeaksOnce() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check nginx", "fix nginx").broken();
      kit.manifest(Pair.builder("nginx").onDrift(DriftPolicy.ALERT_ONLY).build());

      for (int i = 0; i < 100; i++) {
        assertThat(kit.cycle().task("nginx").on("web-01")).isDrifted();
      }

      assertThat(web.acted()).isEmpty();
      assertThat(kit.events())
          .filteredOn(event -> event.type().equals("drift_detected"))
          .singleElement()
          .extracting(event -> event.field("remediation_status").orElse(""))
          .isEqualTo("pending_manual");
    }
  }

  @Tag("R13")
  @Tag("rule-9")
  @Test
  void tasksGoWhereTheirLabelsPointInOrderAndALabelChangeCountsNextCycle() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of("role", "web"));
      web.pair("check a", "fix a").healthy();
      web.pair("check b", "fix b").healthy();
      Task a = Task.named("a").on(label("role").is("web")).step("s", Pair.of("a")).build();
      Task b = Task.named("b").on(label("role").exists()).step("s", Pair.of("b")).build();

      assertThat(kit.cycle(b, a).tasks()).extracting(t -> t.task()).containsExactly("b", "a");
      kit.agent(dev.fluke.agent.Agent.named("web-01", web).label("role", "db"));

      assertThat(kit.cycle().tasks()).extracting(t -> t.task()).containsExactly("b");
    }
  }

  @Tag("R14")
  @Tag("rule-10")
  @Test
  void allChecksOfAnAgentShareOneRoundTripInOrder() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      FakeHost other = kit.agent("web-02", Map.of());
      for (FakeHost host : List.of(web, other)) {
        for (String name : List.of("a", "b", "c")) {
          host.pair("check " + name, "fix " + name).healthy();
        }
      }

      kit.cycle(Pair.task("a"), Pair.task("b"), Pair.task("c"));

      assertThat(web.batches()).containsExactly(List.of("check a", "check b", "check c"));
      assertThat(other.batches()).isEqualTo(web.batches());
    }
  }

  @Tag("E19")
  @Tag("rule-18")
  @Test
  void whatAnApplyBreaksIsToldWithTheBreakerNamed() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var a = web.pair("check a", "fix a").healthy();
      var b = web.pair("check b", "fix b").broken();
      web.answer(
          "fix b",
          command -> {
            b.healthy();
            a.broken();
            return dev.fluke.command.CommandResult.exited(0);
          });

      CycleReport report = kit.cycle(Pair.task("a"), Pair.task("b"));

      assertThat(report.task("b").on("web-01")).isRemediated();
      assertThat(report.task("a").on("web-01")).isDrifted();
      assertThat(report.task("a").on("web-01").reason())
          .isEqualTo("was in sync until 'b' was applied");
      assertThat(web).ran("fix a").never();
    }
  }

  @Tag("rule-18")
  @Test
  void whatWasAppliedAndBrokenAgainIsNotConvergentAndNotAppliedTwice() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var a = web.pair("check a", "fix a").broken();
      var b = web.pair("check b", "fix b").broken();
      web.answer(
          "fix b",
          command -> {
            b.healthy();
            a.broken();
            return dev.fluke.command.CommandResult.exited(0);
          });

      CycleReport report = kit.cycle(Pair.task("a"), Pair.task("b"));

      assertThat(report.task("a").on("web-01")).isNonConvergent();
      assertThat(web).ran("fix a").once();
    }
  }

  @Tag("rule-12")
  @Tag("R4")
  @Test
  void aCheckThatPassedAndNowFailsHasRegressed() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var state = web.pair("check nginx", "fix nginx").healthy();
      kit.cycle(nginx);
      var passedAt = kit.reconciler().status().agent("web-01").task("nginx").lastInSyncAt();
      kit.runFor(java.time.Duration.ofMinutes(5));
      state.broken();
      kit.manifest(Pair.builder("nginx").onDrift(DriftPolicy.ALERT_ONLY).build());

      CycleReport report = kit.cycle();

      assertThat(report.task("nginx").on("web-01")).isDrifted().hasCause(DriftCause.REGRESSED);
      assertThat(kit.reconciler().status().agent("web-01").task("nginx").lastInSyncAt())
          .isEqualTo(passedAt);
    }
  }

  @Tag("rule-18")
  @Test
  void whatARunOfOneTaskBreaksInAnotherIsTold() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var a = web.pair("check a", "fix a").healthy();
      var b = web.pair("check b", "fix b").healthy();
      web.pair("check c", "fix c").healthy();
      kit.cycle(Pair.task("a"), Pair.task("b"), Pair.task("c"));
      b.broken();
      web.answer(
          "fix b",
          command -> {
            b.healthy();
            a.broken();
            return dev.fluke.command.CommandResult.exited(0);
          });

      CycleReport report = kit.reconciler().reconcile(Scope.task("b"));

      assertThat(report.task("b").on("web-01")).isRemediated();
      assertThat(report.task("a").on("web-01"))
          .isDrifted()
          .hasReasonContaining("was in sync until 'b' was applied");
      assertThat(report.task("c").reports()).isEmpty();
      assertThat(web).ran("fix a").never();
    }
  }
}
