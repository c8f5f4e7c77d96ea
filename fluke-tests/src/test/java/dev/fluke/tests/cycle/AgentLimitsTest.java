package dev.fluke.tests.cycle;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.executor.CheckResult;
import dev.fluke.manifest.Step;
import dev.fluke.manifest.Task;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Doing;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Limits of an agent: between those of a step and those of the reconciler. */
@Tag("rule-6")
class AgentLimitsTest {
  private static final Doing CHECK_BLOCKS =
      Doing.check(
          host -> {
            host.pause(Duration.ofDays(1));
            return CheckResult.inSync();
          });
  private static final Doing APPLY_BLOCKS =
      Doing.check(host -> CheckResult.drifted("x", "1", "0"))
          .apply(host -> host.pause(Duration.ofDays(1)));

  private static Agent quick() {
    return Agent.named("web-01")
        .checkLimit(Duration.ofSeconds(3))
        .applyLimit(Duration.ofSeconds(33))
        .label("role", "web")
        .sharingAddress();
  }

  @Test
  void anAgentsLimitsHoldWhereAStepHasNone() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(quick());

      assertThat(kit.cycle(CHECK_BLOCKS.task("t")).task("t").on("web-01"))
          .isUnknown()
          .hasReasonContaining("took longer than 3 s");
      assertThat(kit.cycle(APPLY_BLOCKS.task("u")).task("u").on("web-01"))
          .isFailed()
          .hasReasonContaining("took longer than 33 s");
    }
  }

  @Test
  void aStepsLimitComesFirst() {
    Task task =
        Task.named("t")
            .on(dev.fluke.agent.Selector.everyAgent())
            .step(Step.named("s", CHECK_BLOCKS).checkTimeout(Duration.ofSeconds(5)))
            .build();
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(quick());

      assertThat(kit.cycle(task).task("t").on("web-01"))
          .isUnknown()
          .hasReasonContaining("took longer than 5 s");
    }
  }

  @Test
  void anAgentWithOtherLimitsIsAnotherOne() {
    org.assertj.core.api.Assertions.assertThat(quick())
        .isEqualTo(quick())
        .isNotEqualTo(quick().checkLimit(Duration.ofSeconds(4)))
        .isNotEqualTo(quick().applyLimit(Duration.ofSeconds(4)));
  }

  @Test
  void noLimitIsZero() {
    assertThatThrownBy(() -> quick().applyLimit(Duration.ZERO))
        .hasMessage("apply limit is PT0S, must be more than zero, such as PT60S");
  }
}
