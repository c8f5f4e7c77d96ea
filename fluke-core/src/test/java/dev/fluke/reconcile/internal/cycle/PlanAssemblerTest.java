package dev.fluke.reconcile.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.executor.CheckResult;
import dev.fluke.manifest.DriftCause;
import dev.fluke.report.Plan.PlannedStep;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.Plan.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the tasks of a cycle would do. */
class PlanAssemblerTest {

  private static PlannedTask planOf(TaskRun task) {
    List<PlannedTask> plan = PlanAssembler.of("web-01", List.of(task));
    assertThat(plan).hasSize(1);
    return plan.get(0);
  }

  @Test
  void plansNothingForStepsInSync() {
    TaskRun task = Probe.run("t", "one");
    Probe.finds(task, CheckResult.inSync());

    assertThat(planOf(task))
        .isEqualTo(
            new PlannedTask(
                "web-01",
                "t",
                Optional.empty(),
                List.of(new PlannedStep("one", Verdict.IN_SYNC, List.of(), ""))));
  }

  @Test
  void doesNotForetellStepsBehindADriftedOne() {
    TaskRun task = Probe.run("t", "one", "two", "three", "four");
    CheckResult.Drifted second = Probe.drifted("stopped");
    CheckResult.Drifted fourth = Probe.drifted("starting");
    Probe.finds(task, CheckResult.inSync(), second, CheckResult.inSync(), fourth);

    assertThat(planOf(task))
        .isEqualTo(
            new PlannedTask(
                "web-01",
                "t",
                Optional.of(DriftCause.NEVER_APPLIED),
                List.of(
                    new PlannedStep("one", Verdict.IN_SYNC, List.of(), ""),
                    new PlannedStep("two", Verdict.WOULD_BE_APPLIED, second.differences(), ""),
                    new PlannedStep("three", Verdict.NOT_KNOWN_YET, List.of(), ""),
                    new PlannedStep("four", Verdict.NOT_KNOWN_YET, fourth.differences(), ""))));
  }

  @Test
  void tellsAnUnknownStepFromAnUnreachableHost() {
    TaskRun task = Probe.run("t", "one", "two");
    task.steps.get(0).checked(CheckResult.unknown("exit status 75"), true, 0, 0);
    task.steps.get(1).checked(CheckResult.unknown("no route"), false, 0, 0);

    assertThat(planOf(task).steps())
        .containsExactly(
            new PlannedStep("one", Verdict.UNKNOWN, List.of(), "exit status 75"),
            new PlannedStep("two", Verdict.UNREACHABLE, List.of(), "no route"));
  }

  @Test
  void keepsTheOrderOfTheTasks() {
    TaskRun first = Probe.run("b", "one");
    TaskRun second = Probe.run("a", "one");

    assertThat(PlanAssembler.of("web-01", List.of(first, second)))
        .extracting(PlannedTask::task)
        .containsExactly("b", "a");
  }
}
