package dev.fluke.reconcile.internal.guards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.guard.Decision;
import dev.fluke.guard.Guard;
import dev.fluke.guard.GuardInput;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What keeps an automatic cycle from applying, and what a manual run bypasses. */
@Tag("rule-14")
@Tag("rule-22")
class GuardListTest {
  private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2025-01-01T00:02:00Z");

  private record Nothing() implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}
  }

  private static GuardInput input(DriftPolicy policy, Optional<Instant> heldUntil) {
    return new GuardInput(
        Agent.named("web-01"),
        Task.named("nginx").on(Selector.everyAgent()).step("s", new Nothing()).build(),
        policy,
        new GuardInput.History(Optional.empty(), heldUntil.isPresent() ? 2 : 0, heldUntil),
        GuardInput.Fleet.NONE,
        GuardInput.Run.AUTOMATIC,
        NOW);
  }

  private static GuardAnswers ask(GuardInput input, Guard... guards) {
    return new GuardList(List.of(guards)).ask(input, (what, call) -> call.call());
  }

  @ParameterizedTest
  @EnumSource(
      value = DriftPolicy.class,
      names = {"REMEDIATE", "REMEDIATE_AND_ALERT"})
  void allowsAnApplyWhenThePolicyAppliesAndNothingFailed(DriftPolicy policy) {
    GuardAnswers answers = ask(input(policy, Optional.empty()));

    assertThat(answers.allow()).isTrue();
    assertThat(answers.decision()).isEqualTo(Decision.apply());
    assertThat(answers.remediationStatus()).isEqualTo("in_progress");
    assertThat(answers.bypassed()).isEmpty();
  }

  @Test
  void refusesAnApplyUnderAlertOnly() {
    GuardAnswers answers = ask(input(DriftPolicy.ALERT_ONLY, Optional.empty()));

    assertThat(answers.allow()).isFalse();
    assertThat(answers.reason()).isEqualTo("drift policy is alert_only");
    assertThat(answers.remediationStatus()).isEqualTo("pending_manual");
    assertThat(answers.bypassed()).isEqualTo("bypassed the drift policy alert_only");
  }

  @Test
  void refusesAnApplyWhileTheBackoffHolds() {
    GuardAnswers answers = ask(input(DriftPolicy.REMEDIATE, Optional.of(LATER)));

    assertThat(answers.decision())
        .isEqualTo(
            Decision.leaveAlone(
                "back-off", "held back until 2025-01-01T00:02:00Z after 2 failed in a row", LATER));
    assertThat(answers.remediationStatus()).isEqualTo("held");
    assertThat(answers.bypassed()).isEqualTo("bypassed the back-off until 2025-01-01T00:02:00Z");
  }

  @Test
  void namesTheFirstGuardAndListsAll() {
    Guard nights = input -> Decision.leaveAlone("nights", "applies only before 06:00");
    GuardAnswers answers = ask(input(DriftPolicy.ALERT_ONLY, Optional.of(LATER)), nights);

    assertThat(answers.reason()).isEqualTo("applies only before 06:00");
    assertThat(answers.left())
        .extracting(left -> left.decision().by())
        .containsExactly("nights", "back-off", "policy");
    assertThat(answers.remediationStatus()).isEqualTo("pending_manual");
    assertThat(answers.bypassed())
        .isEqualTo(
            "bypassed guard 'nights' and the back-off until 2025-01-01T00:02:00Z"
                + " and the drift policy alert_only");
  }

  @Test
  void keepsOnlyGuardsThatBindAManualRun() {
    Guard binding =
        new Guard() {
          @Override
          public Decision decide(GuardInput input) {
            return Decision.leaveAlone("freeze", "release freeze");
          }

          @Override
          public boolean bindsManualRuns() {
            return true;
          }
        };
    GuardAnswers answers = ask(input(DriftPolicy.ALERT_ONLY, Optional.empty()), binding);

    assertThat(answers.ofManualRun().reason()).isEqualTo("release freeze");
    assertThat(answers.bypassed()).isEqualTo("bypassed the drift policy alert_only");
  }

  @Test
  void leavesTheTaskAloneWhenAGuardFailsOrReturnsNull() {
    Guard failing =
        input -> {
          throw new StackOverflowError("deep");
        };
    GuardInput input = input(DriftPolicy.REMEDIATE, Optional.empty());

    assertThat(ask(input, failing).reason()).contains("failed", "deep");
    assertThat(ask(input, asked -> null).reason()).endsWith("returned null");
  }
}
