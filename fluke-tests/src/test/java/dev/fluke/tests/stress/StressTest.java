package dev.fluke.tests.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Half a minute of churn on real threads; {@code scripts/prove stress 10m} runs it longer. */
@Tag("slow")
@Tag("rule-0")
class StressTest {
  private static final Duration LENGTH = Duration.ofSeconds(20);

  @Test
  void neverActsWithoutTheRightToAndLosesNothing() throws Exception {
    Stress.Result result = Stress.run(LENGTH, 1);

    assertThat(result.violations()).as(result.counts()).isEmpty();
    assertThat(result.counts()).doesNotContain(" 0 applies").doesNotContain(" 0 removals");
  }
}
