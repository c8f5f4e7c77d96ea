package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Later;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls into executors that ignore their interrupt. */
@Tag("rule-20")
class StuckTest {
  private static final Duration LONG = Duration.ofHours(2);

  /** A check of commands that hangs at one of its two places. */
  private record Hanging(Runnable before, Runnable after) implements BatchedCheck {
    @Override
    public List<Command> checkCommands() {
      before.run();
      return List.of(Command.shell("check b"));
    }

    @Override
    public CheckResult interpret(List<CommandResult> results) {
      after.run();
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}
  }

  private static Task task(Executor executor) {
    return Task.named("b").on(everyAgent()).step("s", executor).build();
  }

  /** Runs three tasks, of which the second hangs, until the lane is given up; then lets go. */
  private static CycleReport stuckInTheSecond(FlukeKit kit, Task hangs, Runnable letGo) {
    var web = kit.agent("web-01", Map.of());
    web.pair("check a", "fix a").healthy();
    web.pair("check b", "fix b").healthy();
    web.pair("check c", "fix c").healthy();
    kit.manifest(Pair.task("a"), hangs, Pair.task("c"));
    var run = kit.reconciler().submit(ManualRun.of(Scope.all()));
    kit.runFor(LONG);
    assertThat(run).isDone();
    assertThat(kit.reconciler().status().agent("web-01").state()).isEqualTo(AgentState.STUCK);
    letGo.run();
    kit.runFor(Duration.ofSeconds(1));
    assertThat(kit.reconciler().status().agent("web-01").state()).isNotEqualTo(AgentState.STUCK);
    return run.join();
  }

  private static void assertSecondIsUnknownAndTheLastSkipped(CycleReport report, String call) {
    assertThat(report.task("b").on("web-01")).isUnknown();
    assertThat(report.task("b").on("web-01").reason())
        .isEqualTo(call + " of step 's' of task 'b' did not return");
    assertThat(report.task("c").on("web-01")).isSkipped();
    assertThat(report.task("c").on("web-01").reason())
        .isEqualTo("stuck: " + call + " of step 's' of task 'b' did not return");
  }

  @Test
  void inACheckTheTaskIsUnknownAndTheOthersAreSkipped() {
    try (FlukeKit kit = FlukeKit.create()) {
      CompletableFuture<Void> letGo = new CompletableFuture<>();
      Doing hangs =
          Doing.check(
              host -> {
                Later.awaitStubbornly(kit, letGo);
                return CheckResult.inSync();
              });

      CycleReport report = stuckInTheSecond(kit, task(hangs), () -> letGo.complete(null));

      assertSecondIsUnknownAndTheLastSkipped(report, "the check");
      assertThat(report.task("a").on("web-01")).isSkipped();
    }
  }

  @Test
  void whereACheckNamesItsCommandsItIsTheSame() {
    try (FlukeKit kit = FlukeKit.create()) {
      CompletableFuture<Void> letGo = new CompletableFuture<>();
      Hanging hangs = new Hanging(() -> Later.awaitStubbornly(kit, letGo), () -> {});

      CycleReport report = stuckInTheSecond(kit, task(hangs), () -> letGo.complete(null));

      assertSecondIsUnknownAndTheLastSkipped(report, "the check");
    }
  }

  @Test
  void whereACheckReadsItsAnswersItIsTheSame() {
    try (FlukeKit kit = FlukeKit.create()) {
      CompletableFuture<Void> letGo = new CompletableFuture<>();
      Hanging hangs = new Hanging(() -> {}, () -> Later.awaitStubbornly(kit, letGo));

      CycleReport report = stuckInTheSecond(kit, task(hangs), () -> letGo.complete(null));

      assertSecondIsUnknownAndTheLastSkipped(report, "the check");
    }
  }

  @Test
  void inAnApplyWhatWasDecidedBeforeStands() {
    try (FlukeKit kit = FlukeKit.create()) {
      CompletableFuture<Void> letGo = new CompletableFuture<>();
      Doing hangs =
          Doing.check(host -> CheckResult.drifted("x", "1", "0"))
              .apply(host -> Later.awaitStubbornly(kit, letGo));

      CycleReport report = stuckInTheSecond(kit, task(hangs), () -> letGo.complete(null));

      assertSecondIsUnknownAndTheLastSkipped(report, "the apply");
      assertThat(report.task("a").on("web-01")).isInSync();
    }
  }

  @Test
  void whatWaitsBehindItIsSkippedAndSoIsWhatComesLater() {
    try (FlukeKit kit = FlukeKit.create()) {
      CompletableFuture<Void> letGo = new CompletableFuture<>();
      Doing hangs =
          Doing.check(
              host -> {
                Later.awaitStubbornly(kit, letGo);
                return CheckResult.inSync();
              });
      kit.agent("web-01", Map.of());
      kit.manifest(task(hangs));
      var first = kit.reconciler().submit(ManualRun.of(Scope.all()));
      kit.runFor(Duration.ofSeconds(1));
      var second = kit.reconciler().submit(ManualRun.of(Scope.all()));
      var cycle = Later.call(kit, kit.reconciler()::cycle);
      kit.runFor(Duration.ofSeconds(230));
      assertThat(first).isNotDone();

      kit.runFor(Duration.ofSeconds(15)); // four times its limit of a minute are over
      var third = kit.reconciler().submit(ManualRun.of(Scope.all()));
      kit.runFor(Duration.ofSeconds(1));

      String call = "stuck: the check of step 's' of task 'b'";
      assertThat(first.join().task("b").on("web-01")).isUnknown();
      assertThat(second.join().task("b").on("web-01")).isSkipped();
      assertThat(second.join().task("b").on("web-01").reason()).isEqualTo(call);
      assertThat(cycle.join().task("b").on("web-01").reason()).isEqualTo(call);
      assertThat(third.join().task("b").on("web-01").reason())
          .isEqualTo(call + " ignores its interrupt");
      letGo.complete(null);
      kit.runFor(Duration.ofSeconds(1));
      assertThat(kit.cycle().task("b").on("web-01")).isInSync();
    }
  }

  @Tag("rule-31")
  @Test
  void closingLeavesItBehindAfterFortySecondsAndSaysSo() {
    FlukeKit kit = FlukeKit.create();
    CompletableFuture<Void> letGo = new CompletableFuture<>();
    Doing hangs =
        Doing.check(
            host -> {
              Later.awaitStubbornly(kit, letGo);
              return CheckResult.inSync();
            });
    kit.agent("web-01", Map.of());
    kit.agent("web-02", Map.of());
    kit.manifest(
        Task.named("b").on(dev.fluke.agent.Selector.agent("web-01")).step("s", hangs).build());
    var run = kit.reconciler().submit(ManualRun.of(Scope.all()));
    kit.runFor(Duration.ofSeconds(1));
    var before = kit.time().now();

    kit.reconciler().close();

    assertThat(Duration.between(before, kit.time().now())).isEqualTo(Duration.ofSeconds(38));
    assertThat(run.join().task("b").on("web-01")).isCancelled();
    assertThat(run.join().task("b").on("web-01").reason()).isEqualTo("the reconciler was closed");
    letGo.complete(null);
    kit.close();
  }
}
