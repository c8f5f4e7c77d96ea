package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.CheckResult;
import dev.fluke.manifest.Step;
import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Pair;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Limits of calls, and calls within calls. */
@Tag("rule-6")
class CallLimitsTest {

  /**
   * A host whose commands never end by themselves, and whose connection throws when interrupted.
   */
  private record Endless(FlukeKit kit) implements Transport {
    @Override
    public String address() {
      return "endless";
    }

    @Override
    public HostConnection open(Target target) {
      return new HostConnection() {
        @Override
        public List<Answer> ask(List<Command> commands) {
          if (commands.get(0).text().equals("quick")) {
            return List.of(Answer.finished(CommandResult.exited(1)));
          }
          throw endless();
        }

        @Override
        public Answer act(Command command) {
          throw endless();
        }

        private IllegalStateException endless() {
          try {
            kit.time().sleep(Duration.ofDays(1));
            return new IllegalStateException("a day is over");
          } catch (InterruptedException e) {
            return new IllegalStateException("interrupted", e);
          }
        }

        @Override
        public boolean isOpen() {
          return true;
        }

        @Override
        public void close() {}
      };
    }
  }

  private static Task limited(Doing doing, Duration check, Duration apply) {
    return Task.named("t")
        .on(everyAgent())
        .step(Step.named("s", doing).checkTimeout(check).timeout(apply))
        .build();
  }

  @Test
  void aRoundTripThatNeverEndsIsUnknown() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("web-01", new Endless(kit)));

      assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01"))
          .isUnknown()
          .hasReasonContaining("asking the host took longer than 2 min");
    }
  }

  @Test
  void aCommandOfACheckThatNeverEndsIsUnknown() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("web-01", new Endless(kit)));
      Doing asks =
          Doing.check(
              host -> {
                host.run(Command.shell("slow").timeout(Duration.ofSeconds(1)));
                return CheckResult.inSync();
              });

      assertThat(
              kit.cycle(limited(asks, Duration.ofHours(1), Duration.ofHours(1)))
                  .task("t")
                  .on("web-01"))
          .isUnknown()
          .hasReasonContaining("asking the host took longer than 1 min 1 s");
    }
  }

  @Tag("rule-16")
  @Test
  void aCommandOfAnApplyThatNeverEndsHasAnEndThatIsNotKnown() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("web-01", new Endless(kit)));
      Doing asks =
          Doing.check(host -> CheckResult.drifted("x", "1", "0"))
              .apply(host -> host.run(Command.shell("slow").timeout(Duration.ofSeconds(1))));

      assertThat(
              kit.cycle(limited(asks, Duration.ofHours(1), Duration.ofHours(1)))
                  .task("t")
                  .on("web-01"))
          .isUnknown()
          .hasReasonContaining("the end of the apply is not known")
          .hasReasonContaining("a command of an apply took longer than 1 min 1 s");
    }
  }

  @Test
  void aShortLimitIsPutInMilliseconds() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("web-01"));
      Doing blocks =
          Doing.check(
              host -> {
                host.pause(Duration.ofDays(1));
                return CheckResult.inSync();
              });

      CycleReport report =
          kit.cycle(limited(blocks, Duration.ofMillis(500), Duration.ofMinutes(1)));

      assertThat(report.task("t").on("web-01"))
          .isUnknown()
          .hasReasonContaining("the check of step 's' of task 't' took longer than 500 ms");
    }
  }

  @Test
  void anApplyThatBlocksIsInterruptedAtItsLimitAndHasFailed() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("web-01"));
      Doing blocks =
          Doing.check(host -> CheckResult.drifted("x", "1", "0"))
              .apply(host -> host.pause(Duration.ofDays(1)));
      var before = kit.time().now();

      assertThat(kit.cycle(blocks.task("t")).task("t").on("web-01"))
          .isFailed()
          .hasReasonContaining("the apply of step 'step' of task 't' took longer than 15 min");
      assertThat(Duration.between(before, kit.time().now())).isEqualTo(Duration.ofMinutes(15));
    }
  }

  @Test
  void limitsOfTheReconcilerHoldWhereAStepHasNone() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(
          builder -> builder.checkLimit(Duration.ofSeconds(7)).applyLimit(Duration.ofSeconds(70)));
      kit.agent(Agent.named("web-01"));
      Doing check =
          Doing.check(
              host -> {
                host.pause(Duration.ofDays(1));
                return CheckResult.inSync();
              });
      Doing apply =
          Doing.check(host -> CheckResult.drifted("x", "1", "0"))
              .apply(host -> host.pause(Duration.ofDays(1)));

      CycleReport report = kit.cycle(check.task("c"), apply.task("a"));

      assertThat(report.task("c").on("web-01")).isUnknown().hasReasonContaining("than 7 s");
      assertThat(report.task("a").on("web-01")).isFailed().hasReasonContaining("than 1 min 10 s");
    }
  }

  @Test
  void aCheckThatIsOverItsLimitWhenItsCommandEndsIsInterruptedThen() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.answer("long", 0).takes("long", Duration.ofMinutes(2));
      Doing both =
          Doing.check(
              host -> {
                host.run(Command.shell("long").timeout(Duration.ofHours(1)));
                host.pause(Duration.ofDays(1));
                return CheckResult.inSync();
              });
      kit.manifest(both.task("t"));
      var before = kit.time().now();

      var plan = kit.reconciler().plan(Scope.all());

      assertThat(plan.isInSync()).isFalse();
      assertThat(Duration.between(before, kit.time().now())).isEqualTo(Duration.ofMinutes(2));
    }
  }

  @Test
  void anInterruptThatAnExecutorKeepsHitsNobodyElse() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("web-01"));
      Doing keeps =
          Doing.check(
              host -> {
                try {
                  host.pause(Duration.ofDays(1));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                return CheckResult.inSync();
              });
      Doing pauses =
          Doing.check(
              host -> {
                host.pause(Duration.ofSeconds(1));
                return CheckResult.inSync();
              });

      CycleReport report = kit.cycle(keeps.task("keeps"), pauses.task("pauses"));

      assertThat(report.task("keeps").on("web-01")).isUnknown().hasReasonContaining("1 min");
      assertThat(report.task("pauses").on("web-01")).isInSync();
    }
  }

  @Test
  void aHostThatTakesLongToAnswerIsNotCutShortByAnEarlierLimit() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy().checkTakes(Duration.ofSeconds(55));
      web.pair("check b", "fix b").healthy().checkTakes(Duration.ofSeconds(55));

      assertThat(kit.cycle(Pair.task("a"), Pair.task("b")).succeeded()).isTrue();
      assertThat(kit.cycle().succeeded()).isTrue();
    }
  }
}
