package dev.fluke.manifest;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TaskTest {
  private static final Executor NOTHING =
      new Executor() {
        @Override
        public CheckResult check(Host host) {
          return CheckResult.inSync();
        }

        @Override
        public void apply(Host host) {}
      };

  @Test
  void saysEverythingThatIsMissingAtOnce() {
    assertThatThrownBy(() -> Task.named("nginx").build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "task 'nginx': no selector; call on(label(...)) or on(everyAgent());"
                + " no step; call step(name, executor)");
  }

  @Test
  void stepNamesAreUniqueCaseAside() {
    assertThatThrownBy(
            () ->
                Task.named("nginx")
                    .on(everyAgent())
                    .step("run", NOTHING)
                    .step("Run", NOTHING)
                    .build())
        .hasMessage(
            "task 'nginx': two steps named 'Run'; step names are unique in a task, case aside");
  }

  @Test
  void taskNamesAreUniqueCaseAside() {
    Task one = Task.named("nginx").on(everyAgent()).step("run", NOTHING).build();
    Task other = Task.named("Nginx").on(everyAgent()).step("run", NOTHING).build();

    assertThatThrownBy(() -> Manifest.of(one, other))
        .hasMessage(
            "manifest: two tasks named 'nginx' and 'Nginx'; task names are unique, case aside");
    assertThat(Manifest.of(one).task("nginx")).contains(one);
    assertThat(Manifest.empty().tasks()).isEmpty();
  }

  @Test
  void aStepHasItsOwnLimitsAndFailureRule() {
    Step step =
        Step.named("run", NOTHING)
            .onFailure(OnFailure.CONTINUE)
            .timeout(Duration.ofSeconds(3))
            .checkTimeout(Duration.ofSeconds(2));

    assertThat(step.onFailure()).isEqualTo(OnFailure.CONTINUE);
    assertThat(step.timeout()).contains(Duration.ofSeconds(3));
    assertThat(step.checkTimeout()).contains(Duration.ofSeconds(2));
    assertThatThrownBy(() -> step.timeout(Duration.ZERO))
        .hasMessage("step 'run': timeout is PT0S, must be more than zero");
  }

  @Tag("R18")
  @Test
  void threePoliciesParseAndPrint() {
    for (DriftPolicy policy : DriftPolicy.values()) {
      assertThat(DriftPolicy.of(policy.toString())).isEqualTo(policy);
    }
    assertThat(DriftPolicy.values())
        .extracting(DriftPolicy::toString)
        .containsExactly("remediate", "remediate_and_alert", "alert_only");
    assertThatThrownBy(() -> DriftPolicy.of("remediat"))
        .hasMessage(
            "unknown drift policy 'remediat'; known are remediate, remediate_and_alert,"
                + " alert_only");
  }
}
