package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.FaultPoints;
import dev.fluke.report.CycleReport;
import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.report.Outcome;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Executors of the user's own that misbehave: contained to their step. */
@Tag("X09")
@Tag("rule-20")
class ContainmentTest {

  private static Executor checking(Check check) {
    return of(check, host -> {});
  }

  private static Executor of(Check check, Apply apply) {
    return new Executor() {
      @Override
      public CheckResult check(Host host) throws Exception {
        return check.check(host);
      }

      @Override
      public void apply(Host host) throws Exception {
        apply.apply(host);
      }
    };
  }

  private interface Check {
    CheckResult check(Host host) throws Exception;
  }

  private interface Apply {
    void apply(Host host) throws Exception;
  }

  private static Task task(String name, Executor executor) {
    return Task.named(name).on(everyAgent()).step("s", executor).build();
  }

  @Test
  void aCheckThatThrowsOrReturnsNullIsUnknownAndTheOthersGoOn() {
    List<Check> bad =
        List.of(
            host -> {
              throw new Exception("checked");
            },
            host -> {
              throw new IllegalStateException("unchecked");
            },
            host -> {
              throw new StackOverflowError();
            },
            host -> null);
    for (Check check : bad) {
      try (FlukeKit kit = FlukeKit.create()) {
        FakeHost web = kit.agent("web-01", Map.of());
        web.pair("check a", "fix a").broken();

        CycleReport report = kit.cycle(task("bad", checking(check)), Pair.task("a"));

        assertThat(report.task("bad").on("web-01")).isUnknown();
        assertThat(report.task("a").on("web-01")).isRemediated();
      }
    }
  }

  @Test
  void anApplyThatThrowsHasFailed() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of());
      Executor bad =
          of(
              host -> CheckResult.drifted("x", "1", "0"),
              host -> {
                throw new NoClassDefFoundError("gone");
              });

      assertThat(kit.cycle(task("bad", bad)).task("bad").on("web-01"))
          .isFailed()
          .hasReasonContaining("NoClassDefFoundError: gone");
    }
  }

  @Tag("rule-6")
  @Test
  void aCheckThatBlocksIsInterruptedAtItsLimit() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
      Executor blocks =
          checking(
              host -> {
                host.pause(Duration.ofDays(1));
                return CheckResult.inSync();
              });
      var before = kit.time().now();

      CycleReport report = kit.cycle(task("bad", blocks), Pair.task("a"));

      assertThat(report.task("bad").on("web-01")).isUnknown().hasReasonContaining("1 min");
      assertThat(report.task("a").on("web-01")).isRemediated();
      assertThat(Duration.between(before, kit.time().now()))
          .isLessThan(Duration.ofSeconds(130)); // asked once in its turn, once in the closing look
    }
  }

  @Test
  void aCallThatIgnoresItsInterruptLeavesTheLaneStuckUntilItReturns() {
    try (FlukeKit kit = FlukeKit.create()) {
      CompletableFuture<Void> letGo = new CompletableFuture<>();
      AtomicInteger calls = new AtomicInteger();
      Executor hangs =
          checking(
              host -> {
                if (calls.incrementAndGet() == 1) {
                  awaitStubbornly(kit, letGo);
                }
                return CheckResult.inSync();
              });
      kit.configure(builder -> builder.checkingAtOnce(1));
      kit.agent(Agent.named("a-stuck"));
      kit.agent("b-other", Map.of());

      CycleReport report = kit.cycle(task("hangs", hangs));

      assertThat(report.task("hangs").on("a-stuck")).isUnknown();
      assertThat(report.task("hangs").on("b-other")).isInSync();
      assertThat(kit.reconciler().status().agent("a-stuck").state()).isEqualTo(AgentState.STUCK);
      assertThat(kit.cycle().task("hangs").on("a-stuck")).isSkipped();

      letGo.complete(null);
      kit.runFor(Duration.ofSeconds(1));
      assertThat(kit.cycle().task("hangs").on("a-stuck")).isInSync();
    }
  }

  private static void awaitStubbornly(FlukeKit kit, CompletableFuture<Void> letGo) {
    while (!letGo.isDone()) {
      try {
        kit.time().await(letGo, Duration.ofDays(1));
      } catch (InterruptedException ignored) {
        // as calls that ignore their interrupt do
      }
    }
  }

  @Tag("S04")
  @Tag("rule-19")
  @Test
  void whereverACycleIsThrownOutOfEachTaskHasExactlyOneOutcomeAndTheNextCycleWorks() {
    for (String point : List.of("decide", "decided", "apply")) {
      try (FlukeKit kit = FlukeKit.create()) {
        AtomicInteger times = new AtomicInteger();
        kit.configure(
            builder ->
                FaultPoints.of(
                    builder,
                    at -> {
                      if (at.equals(point) && times.incrementAndGet() == 2) {
                        throw new IllegalStateException("injected at " + at);
                      }
                    }));
        FakeHost web = kit.agent("web-01", Map.of());
        for (String name : List.of("a", "b", "c")) {
          web.pair("check " + name, "fix " + name).broken();
        }

        CycleReport report = kit.cycle(Pair.task("a"), Pair.task("b"), Pair.task("c"));

        assertThat(report.tasks()).extracting(t -> t.task()).containsExactly("a", "b", "c");
        assertThat(report.tasks()).extracting(t -> t.outcome()).contains(Outcome.UNKNOWN);
        kit.runFor(Duration.ofMinutes(2));
        assertThat(kit.cycle().succeeded()).isTrue();
      }
    }
  }

  @Test
  void anAgentWithoutAHostWorksAndSaysSoIfACheckAsksIt() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("billing-api"));
      AtomicInteger plan = new AtomicInteger(1);
      Executor api =
          of(
              host ->
                  plan.get() == 3
                      ? CheckResult.inSync()
                      : CheckResult.drifted("plan", "3", "" + plan.get()),
              host -> plan.set(3));

      Executor asking =
          of(host -> CommandCheck.meaningOf(host.run(Command.of("true"))), host -> {});

      CycleReport report = kit.cycle(task("plan", api), task("file", asking));

      assertThat(report.task("plan").on("billing-api")).isRemediated();
      assertThat(report.task("file").on("billing-api"))
          .isUnknown()
          .hasReasonContaining("has no host");
    }
  }
}
