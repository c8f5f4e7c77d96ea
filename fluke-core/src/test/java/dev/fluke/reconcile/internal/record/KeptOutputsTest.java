package dev.fluke.reconcile.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.report.ApplyOutput;
import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.report.CycleObserver.StepInCycle;
import dev.fluke.report.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeptOutputsTest {

  private static ApplyOutput output(String run, String stdout) {
    AppliedStep step =
        new AppliedStep(
            new StepInCycle(1, "web-01", "t", "s"),
            StepOutcome.FAILED,
            "exit status 1",
            Duration.ZERO);
    return ApplyOutput.of(run, Agent.named("web-01"), step, Instant.EPOCH, stdout, "");
  }

  @Test
  void keepsByRun() {
    KeptOutputs kept = new KeptOutputs();
    ApplyOutput first = output("r-1", "a");
    ApplyOutput second = output("r-2", "b");
    ApplyOutput third = output("r-1", "c");
    kept.add(first);
    kept.add(second);
    kept.add(third);

    assertThat(kept.of("r-1")).containsExactly(first, third);
    assertThat(kept.of("r-2")).containsExactly(second);
    assertThat(kept.of("r-3")).isEmpty();
  }

  @Test
  void dropsTheOldestWhenThereIsNoRoom() {
    KeptOutputs kept = new KeptOutputs(10_000);
    for (int i = 0; i < 100; i++) {
      kept.add(output("r-" + i, "x".repeat(2_000)));
    }

    assertThat(kept.of("r-96")).isEmpty();
    assertThat(kept.of("r-97")).hasSize(1);
    assertThat(kept.of("r-99")).hasSize(1);
  }

  @Test
  void countsSmallOutputsToo() {
    KeptOutputs kept = new KeptOutputs(10_000);
    for (int i = 0; i < 100; i++) {
      kept.add(output("r", ""));
    }

    assertThat(kept.of("r")).hasSizeLessThan(10);
  }
}
