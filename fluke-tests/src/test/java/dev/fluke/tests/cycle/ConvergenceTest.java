package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.CommandResult;
import dev.fluke.manifest.OnFailure;
import dev.fluke.manifest.Step;
import dev.fluke.manifest.Task;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.TaskReport;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an apply that does not work, or can't be told about, leads to. */
class ConvergenceTest {

  @Tag("R35")
  @Tag("X03")
  @Tag("rule-17")
  @Test
  void anApplyThatChangesNothingIsTheSuspect() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyDoesNothing();

      TaskReport report = kit.cycle(Pair.task("a")).task("a").on("web-01");

      assertThat(report)
          .isNonConvergent()
          .hasReasonContaining("suspect the apply: what the check finds did not change")
          .hasReasonContaining("check: check a; apply: fix a; before: ")
          .hasReasonContaining("; after: ");
      assertThat(web).ran("fix a").once();
    }
  }

  @Tag("rule-17")
  @Test
  void aCheckThatFindsSomethingElseAfterTheApplyIsTheSuspect() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var state = web.pair("check a", "fix a").checkAnswers(1);
      web.answer(
          "fix a",
          command -> {
            state.checkAnswers(2);
            return CommandResult.exited(0);
          });

      assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01"))
          .isNonConvergent()
          .hasReasonContaining("suspect the check: the apply changed something");
    }
  }

  @Tag("X01")
  @Tag("rule-17")
  @Test
  void aCheckWhoseCommandIsMissingAlsoAfterTheApplyIsTheSuspect() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").checkAnswers(127).applyDoesNothing();

      assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01"))
          .isNonConvergent()
          .hasReasonContaining("suspect the check: command not found");
    }
  }

  @Tag("rule-17")
  @Test
  void verificationIsRepeatedOnAFreshConnection() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyDoesNothing();

      kit.cycle(Pair.task("a"));

      assertThat(web.connectionsOpened()).isEqualTo(2);
    }
  }

  @Tag("X03")
  @Tag("S08")
  @Tag("rule-22")
  @Test
  void whatFailsIsHeldOneTwoFourUpToSixtyMinutes() {
    try (FlukeKit kit = FlukeKit.create(11)) {
      FakeHost web = kit.agent("web-01", Map.of());
      List<Instant> tries = new ArrayList<>();
      web.pair("check a", "fix a").broken();
      web.answer(
          "fix a",
          command -> {
            tries.add(kit.time().now());
            return CommandResult.exited(1);
          });
      kit.manifest(Pair.task("a"));

      kit.start();
      kit.runFor(Duration.ofHours(24));

      List<Long> minutes = new ArrayList<>();
      for (int i = 1; i < tries.size(); i++) {
        minutes.add(Duration.between(tries.get(i - 1), tries.get(i)).toMinutes());
      }
      List<Long> expected = List.of(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
      for (int i = 0; i < expected.size(); i++) {
        // held that long and up to a tenth more, then applied at the next poll
        assertThat(minutes.get(i)).isBetween(expected.get(i), expected.get(i) * 11 / 10 + 1);
      }
      assertThat(tries).hasSizeBetween(25, 32);
    }
  }

  @Tag("rule-22")
  @Test
  void heldBackTheTaskSaysUntilWhen() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyFails(1);
      kit.cycle(Pair.task("a"));

      TaskReport held = kit.cycle().task("a").on("web-01");

      assertThat(held).isDrifted().hasReasonContaining("held back until 2025-01-01T00:01:");
      assertThat(kit.reconciler().status().agent("web-01").task("a").heldUntil()).isPresent();
    }
  }

  @Tag("X04")
  @Tag("rule-15")
  @Test
  void afterAFailureAbortLeavesTheRestAndContinueGoesOn() {
    for (OnFailure onFailure : OnFailure.values()) {
      try (FlukeKit kit = FlukeKit.create()) {
        FakeHost web = kit.agent("web-01", Map.of());
        for (String name : List.of("1", "2", "3", "4")) {
          web.pair("check " + name, "fix " + name).broken();
        }
        web.pair("check 2", "fix 2").broken().applyFails(9);
        Task task =
            Task.named("four")
                .on(everyAgent())
                .step("1", Pair.of("1"))
                .step(Step.named("2", Pair.of("2")).onFailure(onFailure))
                .step("3", Pair.of("3"))
                .step("4", Pair.of("4"))
                .build();

        TaskReport report = kit.cycle(task).task("four").on("web-01");

        boolean abort = onFailure == OnFailure.ABORT;
        assertThat(report).isFailed();
        assertThat(report.step("3").outcome())
            .isEqualTo(abort ? StepOutcome.NOT_RUN : StepOutcome.APPLIED);
        assertThat(web.acted())
            .isEqualTo(
                abort ? List.of("fix 1", "fix 2") : List.of("fix 1", "fix 2", "fix 3", "fix 4"));
      }
    }
  }

  @Tag("E16")
  @Tag("rule-11")
  @Test
  void aDriftedStepBeforeAnUnknownOneIsAppliedAndTheTaskEndsUnknown() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check 1", "fix 1").broken();
      web.pair("check 2", "fix 2").checkAnswers(75);

      TaskReport report = kit.cycle(two(OnFailure.ABORT)).task("two").on("web-01");

      assertThat(report).isUnknown();
      assertThat(web.acted()).containsExactly("fix 1");
    }
  }

  @Tag("E17")
  @Tag("rule-1")
  @Test
  void anUnknownStepKeepsALaterDriftedOneFromBeingAppliedUnlessContinueIsSaid() {
    for (OnFailure onFailure : OnFailure.values()) {
      try (FlukeKit kit = FlukeKit.create()) {
        FakeHost web = kit.agent("web-01", Map.of());
        web.pair("check 1", "fix 1").checkAnswers(143);
        web.pair("check 2", "fix 2").broken();

        TaskReport report = kit.cycle(two(onFailure)).task("two").on("web-01");

        assertThat(report).isUnknown();
        assertThat(web.acted())
            .isEqualTo(onFailure == OnFailure.ABORT ? List.of() : List.of("fix 2"));
      }
    }
  }

  private static Task two(OnFailure onFirst) {
    return Task.named("two")
        .on(everyAgent())
        .step(Step.named("1", Pair.of("1")).onFailure(onFirst))
        .step("2", Pair.of("2"))
        .build();
  }

  @Tag("X05")
  @Tag("rule-13")
  @Test
  void whatAnEarlierApplyHealedIsPassedOver() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var first = web.pair("check 1", "fix 1").broken();
      var second = web.pair("check 2", "fix 2").broken();
      web.answer(
          "fix 1",
          command -> {
            first.healthy();
            second.healthy();
            return CommandResult.exited(0);
          });

      TaskReport report = kit.cycle(two(OnFailure.ABORT)).task("two").on("web-01");

      assertThat(report).isRemediated();
      assertThat(web.acted()).containsExactly("fix 1");
    }
  }

  @Tag("rule-13")
  @Test
  void anotherTasksApplyMakesEarlierChecksStale() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var a = web.pair("check a", "fix a").broken();
      var b = web.pair("check b", "fix b").broken();
      web.answer(
          "fix a",
          command -> {
            a.healthy();
            b.healthy();
            return CommandResult.exited(0);
          });

      var report = kit.cycle(Pair.task("a"), Pair.task("b"));

      assertThat(report.task("b").on("web-01")).isInSync();
      assertThat(web.acted()).containsExactly("fix a");
    }
  }
}
