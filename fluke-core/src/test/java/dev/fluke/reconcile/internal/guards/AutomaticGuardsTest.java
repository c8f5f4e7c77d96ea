package dev.fluke.reconcile.internal.guards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.DriftPolicy;
import dev.fluke.reconcile.internal.memory.Declaration;
import dev.fluke.reconcile.internal.memory.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What keeps an automatic cycle from applying, and what a manual run bypasses. */
@Tag("rule-14")
@Tag("rule-22")
class AutomaticGuardsTest {
  private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
  private static final Declaration DECLARATION = Declaration.of("nginx runs");
  private static final RandomGenerator NO_JITTER = () -> 0;

  private final TaskState state = new TaskState(true);

  private AutomaticGuards guards(DriftPolicy policy, Duration now) {
    return new AutomaticGuards(policy, state, DECLARATION, now.toNanos());
  }

  /** Two applies failed in a row: held for two minutes from now. */
  private void hold() {
    state.tries(DECLARATION);
    state.failed(0, NOW, NO_JITTER);
    state.failed(0, NOW, NO_JITTER);
  }

  @ParameterizedTest
  @EnumSource(
      value = DriftPolicy.class,
      names = {"REMEDIATE", "REMEDIATE_AND_ALERT"})
  void allowAnApplyWhenThePolicyAppliesAndNothingFailed(DriftPolicy policy) {
    AutomaticGuards guards = guards(policy, Duration.ZERO);

    assertThat(guards.allow()).isTrue();
    assertThat(guards.remediationStatus()).isEqualTo("in_progress");
    assertThat(guards.bypassed()).isEmpty();
  }

  @Test
  void refuseAnApplyUnderAlertOnly() {
    AutomaticGuards guards = guards(DriftPolicy.ALERT_ONLY, Duration.ZERO);

    assertThat(guards.allow()).isFalse();
    assertThat(guards.reason()).isEqualTo("drift policy is alert_only");
    assertThat(guards.remediationStatus()).isEqualTo("pending_manual");
    assertThat(guards.bypassed()).isEqualTo("bypassed the drift policy alert_only");
  }

  @Test
  void refuseAnApplyUntilTheBackoffIsOver() {
    hold();
    Duration end = Duration.ofMinutes(2);

    AutomaticGuards held = guards(DriftPolicy.REMEDIATE, end.minusNanos(1));

    assertThat(held.allow()).isFalse();
    assertThat(held.reason())
        .isEqualTo("held back until 2025-01-01T00:02:00Z after 2 failed in a row");
    assertThat(held.remediationStatus()).isEqualTo("held");
    assertThat(held.bypassed()).isEqualTo("bypassed the back-off until 2025-01-01T00:02:00Z");
    AutomaticGuards free = guards(DriftPolicy.REMEDIATE, end);
    assertThat(free.allow()).isTrue();
    assertThat(free.bypassed()).isEmpty();
  }

  @Test
  void allowAnApplyOfAnotherDeclarationThanTheOneThatFailed() {
    hold();

    assertThat(
            new AutomaticGuards(DriftPolicy.REMEDIATE, state, Declaration.of("other"), 0).allow())
        .isTrue();
  }

  @Test
  void nameBothGuardsThatAManualRunBypasses() {
    hold();
    AutomaticGuards guards = guards(DriftPolicy.ALERT_ONLY, Duration.ZERO);

    assertThat(guards.allow()).isFalse();
    assertThat(guards.reason()).isEqualTo("drift policy is alert_only");
    assertThat(guards.bypassed())
        .isEqualTo(
            "bypassed the drift policy alert_only and the back-off until 2025-01-01T00:02:00Z");
  }
}
