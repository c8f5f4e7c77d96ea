package dev.fluke.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of a step survive each other. */
class StepTest {
  private static final ProbeKind.Probe PROBE = new ProbeKind.Probe(Map.of("check", "x"));

  @Test
  void keepsEveryOptionInAnyOrder() {
    Step one =
        Step.named("run", PROBE)
            .onFailure(OnFailure.CONTINUE)
            .timeout(Duration.ofSeconds(3))
            .checkTimeout(Duration.ofSeconds(2));
    Step other =
        Step.named("run", PROBE)
            .checkTimeout(Duration.ofSeconds(2))
            .timeout(Duration.ofSeconds(3))
            .onFailure(OnFailure.CONTINUE);

    for (Step each : new Step[] {one, other}) {
      assertThat(each.name()).isEqualTo("run");
      assertThat(each.executor()).isSameAs(PROBE);
      assertThat(each.onFailure()).isEqualTo(OnFailure.CONTINUE);
      assertThat(each.timeout()).contains(Duration.ofSeconds(3));
      assertThat(each.checkTimeout()).contains(Duration.ofSeconds(2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void refusesLimitsThatAreNotPositive(Duration limit) {
    Step step = Step.named("run", PROBE);

    assertThatThrownBy(() -> step.timeout(limit))
        .hasMessage("step 'run': timeout is " + limit + ", must be more than zero");
    assertThatThrownBy(() -> step.checkTimeout(limit))
        .hasMessage("step 'run': check timeout is " + limit + ", must be more than zero");
  }
}
