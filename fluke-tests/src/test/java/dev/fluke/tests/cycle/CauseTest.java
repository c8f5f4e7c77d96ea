package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.TaskReport;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Why a task has drifted. */
@Tag("rule-12")
class CauseTest {

  @Tag("R2")
  @Test
  void aNewTaskWasNeverAppliedOnAnyAgentAndOthersAreUntouched() {
    try (FlukeKit kit = FlukeKit.create()) {
      for (int i = 1; i <= 3; i++) {
        FakeHost host = kit.agent("web-0" + i, Map.of());
        host.pair("check old", "fix old").healthy();
        host.pair("check new", "fix new").broken();
      }
      kit.cycle(Pair.task("old"));

      CycleReport report = kit.cycle(Pair.task("old"), Pair.task("new"));

      assertThat(report.task("new").reports())
          .hasSize(3)
          .allSatisfy(task -> assertThat(task).isRemediated().hasCause(DriftCause.NEVER_APPLIED));
      assertThat(report.task("old").reports()).allSatisfy(task -> assertThat(task).isInSync());
    }
  }

  @Tag("R3")
  @Test
  void onlyThePairsOfANewAgentWereNeverApplied() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
      kit.cycle(Pair.task("a"));
      kit.agent("web-02", Map.of()).pair("check a", "fix a").broken();

      CycleReport report = kit.cycle();

      assertThat(report.task("a").on("web-01")).isInSync();
      assertThat(report.task("a").on("web-02")).isRemediated().hasCause(DriftCause.NEVER_APPLIED);
    }
  }

  @Tag("rule-30")
  @Test
  void withoutMemoryTheCauseIsUndetermined() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();

      assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01"))
          .hasCause(DriftCause.UNDETERMINED);
    }
  }

  @Tag("R5")
  @Tag("X04")
  @Test
  void afterAFailedApplyTheCauseIsAnIncompleteApplyAndTheStepIsNamed() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      web.pair("check b", "fix b").broken().applyFails(4);
      web.pair("check c", "fix c").broken();
      Task task =
          Task.named("three")
              .on(everyAgent())
              .step("a", Pair.of("a"))
              .step("b", Pair.of("b"))
              .step("c", Pair.of("c"))
              .build();

      TaskReport first = kit.cycle(task).task("three").on("web-01");
      TaskReport next = kit.cycle().task("three").on("web-01");

      assertThat(first).isFailed().hasReasonContaining("step 'b'");
      assertThat(first.step("c").outcome()).isEqualTo(StepOutcome.NOT_RUN);
      assertThat(next).isDrifted().hasCause(DriftCause.APPLY_INCOMPLETE);
    }
  }

  @Tag("R6")
  @Tag("E2")
  @Test
  void aChangedDeclarationWinsOverARegression() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      web.pair("check a2", "fix a2").broken();
      kit.cycle(Pair.task("a"));
      Task changed = Task.named("a").on(everyAgent()).step("step", Pair.of("a2")).build();

      CycleReport report = kit.cycle(changed);

      assertThat(report.task("a").on("web-01")).isRemediated().hasCause(DriftCause.DESIRED_CHANGED);
      assertThat(report.task("a").on("web-01").revision()).isEqualTo("code-2");
      assertThat(kit.events())
          .filteredOn(event -> event.type().equals("revision_adopted"))
          .last()
          .satisfies(
              event -> {
                assertThat(event.field("previous")).contains("code-1");
                assertThat(event.field("revision")).contains("code-2");
              });
    }
  }

  @Tag("R6")
  @Tag("E5")
  @Test
  void findsNoRevisionInManifestOfSameContent() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
      kit.cycle(Pair.task("a"));

      CycleReport report = kit.cycle(Pair.task("a"));

      assertThat(report.task("a").on("web-01")).isInSync();
      assertThat(report.task("a").on("web-01").revision()).isEqualTo("code-1");
      assertThat(kit.events()).extracting(event -> event.type()).containsOnly("revision_adopted");
    }
  }

  @Tag("E6")
  @Test
  void descriptionAndPolicyAreNoDesiredChangeAndThePolicyCountsAtOnce() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var state = web.pair("check a", "fix a").healthy();
      kit.cycle(Pair.task("a"));
      state.broken();
      Task reworded =
          Pair.builder("a").describedAs("other words").onDrift(DriftPolicy.ALERT_ONLY).build();

      assertThat(kit.cycle(reworded).task("a").on("web-01"))
          .isDrifted()
          .hasCause(DriftCause.REGRESSED);
      assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01")).isRemediated();
    }
  }

  @Tag("E4")
  @Tag("rule-22")
  @Test
  void aNewDeclarationAfterAFailureIsTriedAtOnce() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyFails(1);
      web.pair("check a2", "fix a2").broken();
      assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01")).isFailed();
      assertThat(kit.cycle().task("a").on("web-01")).isDrifted();

      Task changed = Task.named("a").on(everyAgent()).step("step", Pair.of("a2")).build();

      assertThat(kit.cycle(changed).task("a").on("web-01"))
          .isRemediated()
          .hasCause(DriftCause.DESIRED_CHANGED);
      assertThat(kit.reconciler().status().agent("web-01").task("a").failures()).isZero();
    }
  }

  @Tag("E3")
  @Test
  void aHumanWhoHealsAfterAFailureResolvesIt() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var state = web.pair("check a", "fix a").broken().applyFails(1);
      kit.cycle(Pair.task("a"));
      state.healthy();

      assertThat(kit.cycle().task("a").on("web-01")).isInSync();
      assertThat(kit.events())
          .extracting(event -> event.type())
          .endsWith("drift_resolved", "incident_closed");
      assertThat(kit.reconciler().status().agent("web-01").task("a").failures()).isZero();
    }
  }

  @Tag("R33")
  @Test
  void afterALostConnectionTheNextCycleChecksBeforeItApplies() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var state = web.pair("check a", "fix a").broken();
      web.losesConnectionAt("fix a");
      assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01")).isUnknown();
      state.healthy(); // the apply had ended on the host
      kit.runFor(Duration.ofMinutes(10));

      assertThat(kit.cycle().task("a").on("web-01")).isInSync();
      assertThat(web.acted()).isEqualTo(List.of("fix a"));
    }
  }
}
