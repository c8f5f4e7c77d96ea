package dev.fluke.tests.timer;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.CheckResult;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Pair;
import dev.fluke.tests.support.Ticking;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Timers begin and end with what they are for. */
@Tag("rule-8")
class TimersStopTest {

  private static Ticking ticking(FlukeKit kit, Duration interval) {
    Ticking time = new Ticking(kit.time());
    kit.configure(builder -> builder.scheduler(time).pollInterval(interval));
    return time;
  }

  private static List<Instant> momentsOfChecks(FlukeKit kit, String name) {
    List<Instant> moments = new ArrayList<>();
    FakeHost host = kit.agent(name, Map.of());
    host.answer(
        "check a",
        asked -> {
          moments.add(kit.time().now());
          return CommandResult.exited(0);
        });
    return moments;
  }

  @Tag("rule-31")
  @Test
  void leavesNoTimerAfterClose() {
    FlukeKit kit = FlukeKit.create();
    Ticking time = ticking(kit, Duration.ofHours(5));
    kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
    kit.agent("web-02", Map.of()).refusesLogin("denied");
    kit.manifest(Pair.task("a"));
    kit.start();
    kit.runFor(Duration.ofMinutes(30));
    assertThat(time.timers()).isEqualTo(4); // two agents, the source, the next try

    kit.reconciler().close();

    assertThat(time.timers()).isZero();
    assertThat(time.isClosed()).isTrue();
    assertThat(kit.reconciler().status().started()).isFalse();
    kit.close();
  }

  @Tag("L03")
  @Test
  void stopsTimersOfRemovedAgent() {
    try (FlukeKit kit = FlukeKit.create()) {
      Ticking time = ticking(kit, Duration.ofHours(5));
      kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
      FakeHost down = kit.agent("web-02", Map.of()).refusesLogin("denied");
      kit.manifest(Pair.task("a"));
      kit.start();
      kit.runFor(Duration.ofMinutes(30));
      assertThat(time.timers()).isEqualTo(4);

      kit.reconciler().remove("web-02");

      assertThat(time.timers()).isEqualTo(2);
      kit.runFor(Duration.ofHours(6));
      assertThat(down.connectionsTried()).isEqualTo(1);
    }
  }

  @Tag("rule-21")
  @Test
  void keepsOneRetryForUnreachableHost() {
    try (FlukeKit kit = FlukeKit.create()) {
      Ticking time = ticking(kit, Duration.ofHours(5));
      FakeHost web = kit.agent("web-01", Map.of());
      web.refusesLogin("denied");
      kit.manifest(Pair.task("a"));
      kit.start();
      kit.runFor(Duration.ofMinutes(10));
      for (int i = 0; i < 5; i++) {
        kit.reconciler().checkNow();
        kit.runFor(Duration.ofMinutes(3));
      }

      assertThat(time.timers())
          .isEqualTo(4); // the agent's, the source's, the next try, the reminder
      assertThat(web.connectionsTried()).isEqualTo(1);
      kit.runFor(Duration.ofMinutes(40));
      assertThat(web.connectionsTried()).isEqualTo(2);
    }
  }

  @Tag("rule-21")
  @Test
  void retriesUnreachableHostWhenDueNotAtPolls() {
    try (FlukeKit kit = FlukeKit.create()) {
      List<Instant> moments = momentsOfChecks(kit, "web-01");
      FakeHost web = kit.hosts().get(0);
      web.unreachable("down");
      kit.configure(builder -> builder.pollInterval(Duration.ofDays(10)));
      kit.manifest(Pair.task("a"));
      Instant start = kit.time().now();
      kit.start();
      kit.runFor(Duration.ofSeconds(14));
      assertThat(web.connectionsTried()).isEqualTo(2);
      assertThat(kit.reconciler().status().agent("web-01").nextTry())
          .contains(start.plusSeconds(15));
      web.reachable();

      kit.runFor(Duration.ofHours(1));

      assertThat(moments).containsExactly(start.plusSeconds(15));
      assertThat(kit.reconciler().status().agent("web-01").nextTry()).isEmpty();
    }
  }

  @Tag("rule-24")
  @Test
  void retriesNothingBeforeStart() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.unreachable("down");
      kit.cycle(Pair.task("a"));

      kit.runFor(Duration.ofDays(1));

      assertThat(web.connectionsTried()).isEqualTo(1);
      assertThat(kit.reconciler().status().started()).isFalse();
    }
  }

  @Test
  void checksJoinedAgentAtOnceAndOnceEachInterval() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.manifest(Pair.task("a"));
      kit.start();
      kit.runFor(Duration.ofMinutes(10));
      Instant joined = kit.time().now();

      List<Instant> moments = momentsOfChecks(kit, "web-02");
      kit.runFor(Duration.ofMinutes(10));

      assertThat(moments.get(0)).isEqualTo(joined);
      assertThat(moments).hasSize(11);
      for (int i = 2; i < moments.size(); i++) {
        assertThat(Duration.between(moments.get(i - 1), moments.get(i)))
            .isEqualTo(Duration.ofSeconds(60));
      }
    }
  }

  @Tag("rule-24")
  @Test
  void checksAgentAddedBeforeStartOnlyAfterIt() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.manifest(Pair.task("a"));
      kit.cycle();

      List<Instant> moments = momentsOfChecks(kit, "web-02");
      kit.runFor(Duration.ofHours(1));

      assertThat(moments).isEmpty();
    }
  }

  @Test
  void pollsNoAgentAtStartBesidesFirstCycle() {
    try (FlukeKit kit = FlukeKit.create()) {
      List<List<Instant>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        all.add(momentsOfChecks(kit, "web-" + i));
      }
      kit.manifest(Pair.task("a"));
      Instant start = kit.time().now();
      kit.start();
      kit.runFor(Duration.ofSeconds(60));

      assertThat(all)
          .allSatisfy(
              moments -> {
                assertThat(moments).hasSize(2);
                assertThat(moments.get(0)).isEqualTo(start);
                assertThat(moments.get(1)).isAfter(start);
              });
      kit.runFor(Duration.ofSeconds(60));
      assertThat(all)
          .allSatisfy(
              moments ->
                  assertThat(Duration.between(moments.get(1), moments.get(2)))
                      .isEqualTo(Duration.ofSeconds(60)));
    }
  }

  @Tag("S10")
  @Test
  void skipsMissedPollsAndKeepsRhythm() {
    try (FlukeKit kit = FlukeKit.create()) {
      Ticking time = ticking(kit, Duration.ofSeconds(60));
      List<Instant> moments = momentsOfChecks(kit, "web-01");
      kit.manifest(Pair.task("a"));
      kit.start();
      kit.runFor(Duration.ofSeconds(61));
      int before = moments.size();

      time.lose(Duration.ofSeconds(630)); // ten polls and a half
      kit.runFor(Duration.ofSeconds(60));
      assertThat(moments).hasSizeBetween(before + 1, before + 2);
      before = moments.size();
      kit.runFor(Duration.ofMinutes(10));

      assertThat(moments).hasSize(before + 10);
      Instant late = moments.get(1).plusSeconds(60);
      assertThat(Duration.between(late, moments.get(before)).toSeconds() % 60)
          .isEqualTo(30); // in step with the clock that went on
    }
  }

  @Tag("rule-6")
  @Test
  void leavesNoTimerAfterInterruptedCall() {
    try (FlukeKit kit = FlukeKit.create()) {
      Ticking time = ticking(kit, Duration.ofHours(5));
      kit.agent(Agent.named("web-01"));
      Doing blocks =
          Doing.check(
              host -> {
                host.pause(Duration.ofDays(1));
                return CheckResult.inSync();
              });

      assertThat(kit.cycle(blocks.task("a")).task("a").on("web-01")).isUnknown();

      assertThat(time.timers()).isZero();
    }
  }
}
