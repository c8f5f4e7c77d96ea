package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Task;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.TaskReport;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is made of the checks that follow an apply. */
@Tag("rule-17")
public class SettleTimeTest {

  /** A pair whose host takes a while until the check passes. */
  record Settling(String name, Duration time) implements CommandCheck {
    @Override
    public Command checkCommand() {
      return Command.shell("check " + name);
    }

    @Override
    public void apply(Host host) {
      host.run(Command.shell("fix " + name)).orThrow();
    }

    @Override
    public Duration settleTime() {
      return time;
    }
  }

  public static Task settling(String name, Duration time) {
    return Task.named(name).on(everyAgent()).step("step", new Settling(name, time)).build();
  }

  /** A host where a check passes so long after its command. */
  private static FakeHost settlingAfter(FlukeKit kit, Duration time) {
    FakeHost web = kit.agent("web-01", Map.of());
    var state = web.pair("check a", "fix a").broken();
    web.answer(
        "fix a",
        ran -> {
          kit.time().after(time, state::healthy);
          return CommandResult.exited(0);
        });
    return web;
  }

  @Test
  void aHostThatSettlesInItsTimeIsRemediated() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = settlingAfter(kit, Duration.ofSeconds(3));
      var before = kit.time().now();

      var report = kit.cycle(settling("a", Duration.ofSeconds(5)));

      assertThat(report.task("a").on("web-01")).isRemediated();
      assertThat(Duration.between(before, kit.time().now())).isEqualTo(Duration.ofSeconds(5));
      assertThat(web.connectionsOpened()).isEqualTo(1);
    }
  }

  @Test
  void aHostThatNeedsLongerIsNotConvergent() {
    try (FlukeKit kit = FlukeKit.create()) {
      settlingAfter(kit, Duration.ofSeconds(6));

      assertThat(kit.cycle(settling("a", Duration.ofSeconds(5))).task("a").on("web-01"))
          .isNonConvergent();
    }
  }

  @Test
  void whatPassesAtOnceIsNotWaitedFor() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      var before = kit.time().now();

      assertThat(kit.cycle(settling("a", Duration.ofMinutes(5))).task("a").on("web-01"))
          .isRemediated();
      assertThat(kit.time().now()).isEqualTo(before);
    }
  }

  @Test
  void withoutASettleTimeTheCheckIsAskedAfterTheApplyAndOnceMoreOnAFreshConnection() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyDoesNothing();

      kit.cycle(Pair.task("a"));

      assertThat(web)
          .asked("check a")
          .times(4); // found, under the lock, after, and on a fresh connection
    }
  }

  @Test
  void aCheckThatCantTellAfterTheApplyLeavesTheStepUnknown() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var state = web.pair("check a", "fix a").broken();
      web.answer(
          "fix a",
          ran -> {
            state.checkAnswers(75);
            return CommandResult.exited(0);
          });

      TaskReport report = kit.cycle(Pair.task("a")).task("a").on("web-01");

      assertThat(report).isUnknown().hasReasonContaining("step 'step': after its apply: ");
      assertThat(report.step("step").outcome()).isEqualTo(StepOutcome.UNKNOWN);
      assertThat(report.step("step").message()).contains("exit status 75");
    }
  }

  @Test
  void anExecutorWithoutCommandsIsNamedByItsKind() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of());
      Task task = Doing.check(host -> CheckResult.drifted("x", "1", "0")).task("t");

      assertThat(kit.cycle(task).task("t").on("web-01"))
          .isNonConvergent()
          .hasReasonContaining("; check: Doing; before: ");
    }
  }

  @Test
  void failsAStepWhoseSettleTimeIsTooLong() {
    try (FlukeKit kit = FlukeKit.create()) {
      settlingAfter(kit, Duration.ofDays(1));
      var before = kit.time().now();

      TaskReport report = kit.cycle(settling("a", Duration.ofDays(3))).task("a").on("web-01");

      assertThat(report).isFailed();
      assertThat(report.step("step").message())
          .contains("its settleTime() failed")
          .contains("it is 3 d, must be at most 1 h");
      assertThat(kit.time().now()).isEqualTo(before);
    }
  }

  @Tag("rule-16")
  @Test
  void aStepThatMetALockWasNotRunAndSaysWhy() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      web.locked(true);

      TaskReport report = kit.cycle(Pair.task("a")).task("a").on("web-01");

      assertThat(report).isSkipped();
      assertThat(report.step("step").outcome()).isEqualTo(StepOutcome.NOT_RUN);
      assertThat(report.step("step").message()).contains("holds the lock");
    }
  }
}
