package dev.fluke.examples.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.StepReport;
import dev.fluke.report.TaskReport;
import dev.fluke.report.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChronicleTest {
  private static CycleReport cycle(TaskReport... tasks) {
    return CycleReport.of(
        new CycleReport.Opening(1, Trigger.START, Instant.EPOCH, CycleReport.Request.NONE),
        Instant.EPOCH,
        List.of(tasks),
        List.of());
  }

  private static TaskReport task(
      String agent, Outcome outcome, Optional<DriftCause> cause, StepOutcome step) {
    return TaskReport.of(
        agent,
        new TaskReport.Declared("motd", DriftPolicy.REMEDIATE, "r1"),
        new TaskReport.End(outcome, "", cause),
        List.of(new StepReport("file", step, List.of(), "")));
  }

  @Test
  void hasAColumnForEachCycle() {
    Chronicle chronicle = new Chronicle();
    chronicle.add(
        "roll-out",
        cycle(
            task(
                "web-01",
                Outcome.REMEDIATED,
                Optional.of(DriftCause.NEVER_APPLIED),
                StepOutcome.APPLIED),
            task("db-01", Outcome.IN_SYNC, Optional.empty(), StepOutcome.IN_SYNC)));
    chronicle.add(
        "again",
        cycle(
            task("web-01", Outcome.IN_SYNC, Optional.empty(), StepOutcome.IN_SYNC),
            task("db-01", Outcome.IN_SYNC, Optional.empty(), StepOutcome.IN_SYNC)));

    assertThat(chronicle.lines())
        .containsExactly(
            "agent   task  roll-out                            again",
            "web-01  motd  REMEDIATED NEVER_APPLIED, steps: 1  IN_SYNC",
            "db-01   motd  IN_SYNC                             IN_SYNC");
  }

  @Test
  void hasOnlyItsHeadWithoutCycles() {
    assertThat(new Chronicle().lines()).containsExactly("agent  task");
  }
}
