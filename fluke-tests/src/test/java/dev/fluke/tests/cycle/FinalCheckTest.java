package dev.fluke.tests.cycle;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.CommandResult;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.CycleReport;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is seen when everything is looked at once more. */
@Tag("rule-18")
class FinalCheckTest {
  private final FlukeKit kit = FlukeKit.create();
  private final FakeHost web = kit.agent("web-01", Map.of());
  private final FakeState a = web.pair("check a", "fix a");
  private final FakeState b = web.pair("check b", "fix b");
  private final FakeState c = web.pair("check c", "fix c");

  @AfterEach
  void close() {
    kit.close();
  }

  /** The command of {@code b} does this, too. */
  private void alsoDoes(Runnable more) {
    web.answer(
        "fix b",
        command -> {
          b.healthy();
          more.run();
          return CommandResult.exited(0);
        });
  }

  @Test
  void whatAnApplyBrokeIsDriftedAndTheBreakerNamed() {
    a.healthy();
    b.broken();
    c.healthy();
    alsoDoes(a::broken);

    CycleReport report = kit.cycle(Pair.task("a"), Pair.task("b"), Pair.task("c"));

    assertThat(report.task("a").on("web-01"))
        .isDrifted()
        .hasReasonContaining("was in sync until 'b' was applied");
    assertThat(report.task("a").on("web-01").cause()).contains(DriftCause.REGRESSED);
    assertThat(report.task("b").on("web-01")).isRemediated();
    assertThat(report.task("c").on("web-01")).isInSync();
    assertThat(web).ran("fix a").never();
    assertThat(kit.cycle().task("a").on("web-01")).isRemediated();
  }

  @Test
  void onlyThoseAppliedLaterCanHaveBrokenIt() {
    c.broken();
    a.broken();
    b.broken();
    alsoDoes(a::broken);

    CycleReport report = kit.cycle(Pair.task("c"), Pair.task("a"), Pair.task("b"));

    assertThat(report.task("a").on("web-01"))
        .isNonConvergent()
        .hasReasonContaining("was in sync until 'b' was applied");
    assertThat(report.task("c").on("web-01")).isRemediated();
  }

  @Test
  void whatBreaksItselfAgainIsNamedAsItself() {
    a.broken();
    b.broken();
    alsoDoes(() -> {});
    web.answer(
        "fix a",
        command -> {
          a.healthy();
          b.broken();
          return CommandResult.exited(0);
        });

    CycleReport report = kit.cycle(Pair.task("b"), Pair.task("a"));

    assertThat(report.task("b").on("web-01"))
        .isNonConvergent()
        .hasReasonContaining("until 'a' was applied");
  }

  @Test
  void driftThatWasLeftAloneAndIsGoneIsInSyncWithItsHealerNamed() {
    a.broken();
    b.broken();
    alsoDoes(a::healthy);

    CycleReport report =
        kit.cycle(Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build(), Pair.task("b"));

    assertThat(report.task("a").on("web-01"))
        .isInSync()
        .hasReasonContaining("in sync again since the apply of 'b'");
    assertThat(kit.cycle().task("a").on("web-01")).isInSync();
  }

  @Test
  void whatCanNoLongerBeToldIsUnknown() {
    a.healthy();
    b.broken();
    alsoDoes(() -> a.checkAnswers(75));

    CycleReport report = kit.cycle(Pair.task("a"), Pair.task("b"));

    assertThat(report.task("a").on("web-01")).isUnknown().hasReasonContaining("75");
    assertThat(report.task("b").on("web-01")).isRemediated();
  }

  @Test
  void driftThatWasThereBeforeIsNobodysFault() {
    a.broken();
    b.broken();

    CycleReport report =
        kit.cycle(Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build(), Pair.task("b"));

    assertThat(report.task("a").on("web-01")).isDrifted();
    assertThat(report.task("a").on("web-01").reason()).doesNotContain("was applied");
  }

  @Test
  void aManualRunOfOneTaskTellsWhatItBrokeInAnotherThatWasGood() {
    a.healthy();
    c.broken();
    b.broken();
    kit.cycle(
        Pair.task("a"),
        Pair.builder("b").onDrift(DriftPolicy.ALERT_ONLY).build(),
        Pair.builder("c").onDrift(DriftPolicy.ALERT_ONLY).build());
    alsoDoes(a::broken);

    CycleReport report = kit.reconciler().reconcile(Scope.task("b"));

    assertThat(report.tasks()).extracting(task -> task.task()).containsExactly("b", "a");
    assertThat(report.task("a").on("web-01")).isDrifted().hasReasonContaining("'b' was applied");
  }
}
