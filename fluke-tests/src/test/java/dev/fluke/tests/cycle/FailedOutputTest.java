package dev.fluke.tests.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Secret;
import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Step;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.ApplyOutput;
import dev.fluke.report.CycleReport;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.TaskReport;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import dev.fluke.transport.Local;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is kept of the output of failed applies. */
class FailedOutputTest {

  private static ApplyOutput only(FlukeKit kit, TaskReport report) {
    List<ApplyOutput> outputs = kit.reconciler().output(report.run());
    assertThat(outputs).hasSize(1);
    return outputs.get(0);
  }

  @Test
  void keepsHeadAndTailOfBothStreams() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of("role", "web"));
      web.pair("check a", "fix a").broken();
      web.answer(
          "fix a",
          CommandResult.exited(3)
              .withStdout("first out\n" + "o\n".repeat(100_000) + "last out")
              .withStderr("first err\n" + "e\n".repeat(100_000) + "last err"));

      TaskReport report = kit.cycle(Pair.task("a")).task("a").on("web-01");

      ApplyOutput output = only(kit, report);
      assertThat(output.stdout())
          .startsWith("first out\n")
          .endsWith("last out")
          .contains("bytes left out");
      assertThat(output.stderr()).startsWith("first err\n").endsWith("last err");
      assertThat(output.stdout().length()).isBetween(65_000, 65_700);
      assertThat(output.outcome()).isEqualTo(StepOutcome.FAILED);
      assertThat(output.message()).startsWith("exit status 3");
      assertThat(output.labels()).isEqualTo(Map.of("role", "web"));
      assertThat(report.step("step").output().length()).isBetween(3_900, 4_096);
      assertThat(report.step("step").output()).startsWith("first out\n").endsWith("last err");
      Event event =
          kit.events().stream()
              .filter(each -> each.type().equals(EventTypes.DRIFT_REMEDIATED))
              .findFirst()
              .orElseThrow();
      assertThat(event.field("run")).contains(report.run());
      assertThat(event.toJson()).contains("\"output\":\"first out\\n").hasSizeLessThan(8_192);
      assertThat(kit.reconciler().status().agent("web-01").task("a").failedRun())
          .isEqualTo(report.run());
    }
  }

  /** Asks what it has to change, and can't change it. */
  private record Asking() implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.drifted("state", "new", "old");
    }

    @Override
    public void apply(Host host) {
      host.run(Command.shell("ask well").asQuestion());
      host.run(Command.shell("change"));
      host.run(Command.shell("ask badly").asQuestion());
      throw new IllegalStateException("no way");
    }
  }

  @Test
  void keepsNoAnswersToQuestionsOfTheExecutor() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of("role", "web"));
      web.answer("ask well", CommandResult.exited(0).withStdout("answer\n"));
      web.answer("change", CommandResult.exited(0).withStdout("changed\n"));
      web.answer("ask badly", CommandResult.exited(1).withStderr("not readable\n"));
      Task task = Task.named("a").on(Selector.everyAgent()).step("step", new Asking()).build();

      ApplyOutput output = only(kit, kit.cycle(task).task("a").on("web-01"));

      assertThat(output.stdout()).isEqualTo("changed\n");
      assertThat(output.stderr()).isEqualTo("not readable\n");
    }
  }

  @Test
  void forgetsTheFailedRunWhenTheTaskIsInSync() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var state = web.pair("check a", "fix a").broken().applyFails(4);
      TaskReport failed = kit.cycle(Pair.task("a")).task("a").on("web-01");
      kit.runFor(Duration.ofSeconds(1));
      TaskReport held = kit.cycle().task("a").on("web-01");
      assertThat(held.run()).isNotEqualTo(failed.run());
      assertThat(kit.reconciler().output(held.run())).isEmpty();
      assertThat(kit.reconciler().status().agent("web-01").task("a").failedRun())
          .isEqualTo(failed.run());
      state.healthy();

      kit.cycle();

      assertThat(kit.reconciler().status().agent("web-01").task("a").failedRun()).isEmpty();
      assertThat(only(kit, failed).stdout()).isEmpty();
    }
  }

  /** Prints a token, and uses it afterwards. */
  private record Fetching() implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.drifted("a", "b", "c");
    }

    @Override
    public void apply(Host host) {
      String token = host.run(Command.of("fetch")).orThrow().stdout().strip();
      host.run(Command.of("use").env("TOKEN", Secret.of(token))).orThrow();
    }
  }

  @Test
  void masksASecretThatALaterCommandTold() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.answer("fetch", CommandResult.exited(0).withStdout("tok-4711-secret\n"));
      web.answer("use", CommandResult.exited(1).withStderr("no access"));

      CycleReport report =
          kit.cycle(Task.named("a").on(Selector.everyAgent()).step("s", new Fetching()).build());

      ApplyOutput output = only(kit, report.task("a").on("web-01"));
      assertThat(output.stdout()).isEqualTo("***\n");
      assertThat(output.stderr()).isEqualTo("no access");
      assertThat(report.toJson()).doesNotContain("4711");
    }
  }

  @Test
  void keepsWhatAnApplyPrintedBeforeItsLimit() {
    Task task =
        Task.named("slow")
            .on(Selector.everyAgent())
            .step(
                Step.named("s", new Pair("exit 1", "echo begins; echo waits >&2; sleep 100"))
                    .timeout(Duration.ofSeconds(1)))
            .build();
    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("here", Local.machine()))
            .manifest(Manifest.of(task))
            .build()) {

      TaskReport report = reconciler.cycle().task("slow").on("here");

      assertThat(report.reason()).contains("timed out after 1 s");
      assertThat(reconciler.output(report.run()))
          .extracting(ApplyOutput::stdout, ApplyOutput::stderr)
          .containsExactly(tuple("begins\n", "waits\n"));
      assertThat(report.step("s").output()).isEqualTo("begins\nwaits");
    }
  }
}
