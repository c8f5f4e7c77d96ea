package dev.fluke.reconcile.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Command;
import dev.fluke.command.Mask;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.connection.Bench;
import dev.fluke.reconcile.internal.memory.Declaration;
import dev.fluke.reconcile.internal.memory.DeclaredTask;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.CycleObserver.CheckedStep;
import dev.fluke.report.CycleObserver.StepInCycle;
import dev.fluke.request.Scope;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the checks of tasks are asked. */
class CheckRunnerTest {
  private final Bench bench = new Bench();
  private final CurrentTask current = new CurrentTask();
  private final List<CheckedStep> handedOut = new ArrayList<>();
  private final StepEnds ends =
      new StepEnds(
          handedOut::add,
          applied -> {},
          (step, out, err) -> {},
          "web-01",
          new CycleRequest(7, CycleRequest.Kind.AUTOMATIC, Scope.all(), Optional.empty(), "r-7"));
  private final CheckRunner checks = new CheckRunner(bench.access, current, ends);

  @AfterEach
  void close() {
    bench.close();
  }

  private TaskRun run(Task task) {
    DeclaredTask declared = DeclaredTask.of(Declaration.of(task.name()));
    return new TaskRun(
        task, declared, bench.agent, new TaskState(true), LoopSettings.defaults(), new Mask());
  }

  private static CheckResult latest(TaskRun task) {
    return task.steps.get(0).latest();
  }

  @Tag("rule-10")
  @Test
  void asksTheCommandsOfAllTasksInOneRoundTrip() {
    bench.web.pair("check a", "fix a").healthy();
    bench.web.pair("check b", "fix b").broken();
    TaskRun a = run(Pair.task("a"));
    TaskRun b = run(Pair.task("b"));

    checks.check(List.of(a, b));

    assertThat(bench.web.batches()).containsExactly(List.of("check a", "check b"));
    assertThat(a.isInSync()).isTrue();
    assertThat(b.isDrifted()).isTrue();
  }

  @Test
  void handsOutEachCheckWithItsOwnDuration() {
    bench.web.pair("check a", "fix a").healthy().checkTakes(Duration.ofSeconds(2));
    bench.web.pair("check b", "fix b").broken();
    TaskRun a = run(Pair.task("a"));
    TaskRun b = run(Pair.task("b"));

    checks.check(List.of(a, b));
    checks.check(b, b.steps.get(0));

    assertThat(handedOut)
        .containsExactly(
            new CheckedStep(
                new StepInCycle(7, "web-01", "a", "step"), latest(a), Duration.ofSeconds(2)),
            new CheckedStep(new StepInCycle(7, "web-01", "b", "step"), latest(b), Duration.ZERO),
            new CheckedStep(new StepInCycle(7, "web-01", "b", "step"), latest(b), Duration.ZERO));
  }

  @Test
  void asksAgainOnlyWhatWentWithTheConnection() {
    bench.web.pair("check a", "fix a").healthy();
    bench.web.pair("check b", "fix b").healthy();
    bench.web.losesConnectionBefore("check b");
    TaskRun a = run(Pair.task("a"));
    TaskRun b = run(Pair.task("b"));

    checks.check(List.of(a, b));

    assertThat(bench.web.batches())
        .containsExactly(List.of("check a", "check b"), List.of("check b"));
    assertThat(a.isInSync()).isTrue();
    assertThat(b.isInSync()).isTrue();
  }

  @Test
  void leavesStepsUnansweredWhenTheHostIsUnreachable() {
    bench.web.unreachable("no route");
    TaskRun a = run(Pair.task("a"));

    checks.check(List.of(a));

    assertThat(a.isAnswered()).isFalse();
    assertThat(latest(a)).isEqualTo(CheckResult.unknown("no route"));
    assertThat(bench.web.connectionsTried()).isEqualTo(1);
  }

  @Test
  void makesOneCheckUnknownWhenItThrows() {
    bench.web.pair("check a", "fix a").healthy();
    TaskRun broken =
        run(
            Doing.check(
                    host -> {
                      throw new IllegalStateException("broken");
                    })
                .task("broken"));
    TaskRun a = run(Pair.task("a"));

    checks.check(List.of(broken, a));

    assertThat(latest(broken)).isEqualTo(CheckResult.unknown("IllegalStateException: broken"));
    assertThat(broken.isAnswered()).isTrue();
    assertThat(a.isInSync()).isTrue();
  }

  @Test
  void endsTheHostOfACheckWithItsCall() {
    List<Host> kept = new ArrayList<>();
    TaskRun task =
        run(
            Doing.check(
                    host -> {
                      kept.add(host);
                      return CheckResult.inSync();
                    })
                .task("t"));

    checks.check(List.of(task));

    assertThat(task.isInSync()).isTrue();
    assertThatThrownBy(() -> kept.get(0).run(Command.shell("later")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void namesTheTaskWhoseCheckRuns() {
    List<TaskRun> runs = new ArrayList<>();
    List<Boolean> seen = new ArrayList<>();
    TaskRun task =
        run(
            Doing.check(
                    host -> {
                      seen.add(current.is(runs.get(0)));
                      return CheckResult.inSync();
                    })
                .task("t"));
    runs.add(task);

    checks.check(runs);

    assertThat(seen).containsExactly(true);
  }

  @ParameterizedTest
  @CsvSource({"4999,false", "5000,true"})
  void remembersAStepWhoseCheckTakesFiveSeconds(long millis, boolean slow) {
    bench.web.pair("check a", "fix a").healthy();
    bench.web.takes("check a", Duration.ofMillis(millis));
    TaskRun a = run(Pair.task("a"));

    checks.check(List.of(a));

    assertThat(a.isSlow()).isEqualTo(slow);
  }
}
