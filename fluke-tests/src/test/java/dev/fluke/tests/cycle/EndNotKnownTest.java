package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.manifest.Task;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Commands without a result: what is made of them. */
class EndNotKnownTest {

  @Tag("rule-16")
  @Test
  void anApplyWhoseEndIsNotKnownIsUnknownAndNotSentAgain() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyDoesNothing();
      web.pair("check b", "fix b").broken();
      web.losesConnectionAt("fix a");

      var report = kit.cycle(Pair.task("a"), Pair.task("b"));

      assertThat(report.task("a").on("web-01"))
          .isUnknown()
          .hasReasonContaining("the end of the apply is not known");
      assertThat(report.task("b").on("web-01"))
          .isSkipped()
          .hasReasonContaining("the connection was lost");
      assertThat(web).ran("fix a").once();
      assertThat(web).ran("fix b").never();
      assertThat(kit.cycle().task("a").on("web-01")).isDrifted().hasReasonContaining("held back");
    }
  }

  @Tag("rule-19")
  @Test
  void whatComesAfterALossThatIsSeenLateIsSkippedAndNotUnreachable() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.answer("check a", 1);
      web.answersNone("fix a", Answer.Reason.END_NOT_KNOWN, "cut");
      web.answer(
          "check b",
          asked -> {
            web.losesConnectionBefore("check b").unreachable("it reboots");
            return CommandResult.exited(1);
          });

      var report = kit.cycle(Pair.task("a"), Pair.task("b"));

      assertThat(report.task("a").on("web-01")).isUnknown();
      assertThat(report.task("b").on("web-01"))
          .isSkipped()
          .hasReasonContaining("the connection was lost before its turn");
    }
  }

  @Tag("rule-16")
  @Test
  void anApplyThatStillRunsOnTheHostIsLeftAlone() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      web.locked(true);

      assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01"))
          .isSkipped()
          .hasReasonContaining("another apply on this host, or its check, holds the lock");

      web.locked(false);
      assertThat(kit.cycle().task("a").on("web-01")).isRemediated();
    }
  }

  @Tag("rule-16")
  @Test
  void withoutALockTheApplyThatLostItsEndIsAskedAfterBeforeTheNext() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.answer("check a", 1);
      web.answer("fix a", Answer.endNotKnown("the connection was cut", Command.shell("alive")));
      web.answer("alive", 0);
      assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01")).isUnknown();

      kit.runFor(Duration.ofMinutes(2));
      assertThat(kit.cycle().task("a").on("web-01"))
          .isSkipped()
          .hasReasonContaining("an earlier apply still runs");
      assertThat(web).ran("fix a").once();

      web.answer("alive", 1).pair("check a", "fix a").broken();
      assertThat(kit.cycle().task("a").on("web-01")).isRemediated();
    }
  }

  @Tag("rule-16")
  @Test
  void aProcessNumberIsAskedAfterOnlyWhileItCanBeTheApplys() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.answer("check a", 1);
      web.answer("fix a", Answer.endNotKnown("the connection was cut", Command.shell("alive")));
      web.answer("alive", 0);
      kit.cycle(Pair.task("a"));
      web.pair("check a", "fix a").broken();

      kit.runFor(Duration.ofMinutes(16));

      assertThat(kit.cycle().task("a").on("web-01")).isRemediated();
      assertThat(web).asked("alive").never();
    }
  }

  @Tag("rule-6")
  @Tag("rule-19")
  @Test
  void anApplyThatWasKilledAtItsLimitHasFailed() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyTakes(Duration.ofMinutes(16));

      assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01")).isFailed();
    }
  }

  @Tag("R30")
  @Tag("rule-6")
  @Tag("rule-1")
  @Test
  void aCheckAboveItsLimitIsUnknownAndNothingIsApplied() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().checkTakes(Duration.ofSeconds(61));

      assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01")).isUnknown();
      assertThat(web.acted()).isEmpty();
    }
  }

  @Tag("rule-20")
  @Test
  void theHostHandleDecidesAlsoWhenTheExecutorSwallowsWhatWasLost() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.answer("check a", 1);
      web.answersNone("fix a", Answer.Reason.END_NOT_KNOWN, "cut");
      Task task = Task.named("a").on(everyAgent()).step("s", new Swallowing()).build();

      assertThat(kit.cycle(task).task("a").on("web-01")).isUnknown();
    }
  }

  /** An executor that catches everything. */
  record Swallowing() implements dev.fluke.executor.Executor {
    @Override
    public dev.fluke.executor.CheckResult check(dev.fluke.executor.Host host) {
      return host.run(dev.fluke.command.Command.shell("check a")).succeeded()
          ? dev.fluke.executor.CheckResult.inSync()
          : dev.fluke.executor.CheckResult.drifted("a", "0", "1");
    }

    @Override
    @SuppressWarnings("EmptyCatch")
    public void apply(dev.fluke.executor.Host host) {
      try {
        host.run(dev.fluke.command.Command.shell("fix a"));
      } catch (RuntimeException swallowed) {
        // as careless executors do
      }
    }
  }
}
