package dev.fluke.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.report.CycleObserver.StepInCycle;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ApplyOutputTest {
  private static final AppliedStep STEP =
      new AppliedStep(
          new StepInCycle(7, "web-01", "nginx", "install"),
          StepOutcome.FAILED,
          "exit status 100",
          Duration.ofSeconds(1));

  private final ApplyOutput output =
      ApplyOutput.of("m-7", Agent.named("web-01"), STEP, Instant.EPOCH, "one\n", "E: ä\n");

  @Test
  void isWrittenAsJson() {
    assertThat(output.toJson())
        .isEqualTo(
            "{\"run\":\"m-7\",\"agent\":\"web-01\",\"task\":\"nginx\",\"step\":\"install\","
                + "\"outcome\":\"FAILED\",\"message\":\"exit status 100\","
                + "\"ended_at\":\"1970-01-01T00:00:00Z\",\"stdout\":\"one\\n\",\"stderr\":\"E: ä\\n\"}");
  }

  @Test
  void showsNothingOfItInItsText() {
    assertThat(output)
        .hasToString("run m-7: step 'install' of task 'nginx' on web-01: FAILED, 4+6 bytes");
  }
}
