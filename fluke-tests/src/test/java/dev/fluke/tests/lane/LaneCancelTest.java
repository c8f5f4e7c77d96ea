package dev.fluke.tests.lane;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.report.CycleReport;
import dev.fluke.report.TaskReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.cycle.SettleTimeTest;
import dev.fluke.tests.support.Later;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of work that waits, or runs, when its agent goes. */
@Tag("rule-8")
@Tag("L03")
class LaneCancelTest {

  private static CompletableFuture<CycleReport> submit(FlukeKit kit, String agent) {
    return kit.reconciler().submit(ManualRun.of(Scope.agent(agent)));
  }

  @Test
  void cancelsWaitingWorkOfRemovedAgentAtOnce() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyTakes(Duration.ofSeconds(30));
      kit.manifest(Pair.task("a"));
      var running = submit(kit, "web-01");
      kit.runFor(Duration.ofSeconds(1));
      var cycle = Later.call(kit, kit.reconciler()::cycle);
      var manual = submit(kit, "web-01");
      var plan = Later.call(kit, () -> kit.reconciler().plan(Scope.all()));
      kit.runFor(Duration.ofSeconds(1));
      assertThat(List.of(running, manual, cycle, plan)).noneMatch(CompletableFuture::isDone);

      kit.reconciler().remove("web-01");
      kit.runFor(Duration.ofMillis(1));

      assertThat(running).isNotDone();
      assertThat(plan).isDone();
      for (CycleReport report : List.of(manual.join(), cycle.join())) {
        assertThat(report.task("a").on("web-01")).isCancelled();
        assertThat(report.task("a").on("web-01").reason()).isEqualTo("the agent was removed");
        assertThat(report.task("a").on("web-01").revision()).isEqualTo("code-1");
      }
      kit.runFor(Duration.ofMinutes(1));
      assertThat(running.join().task("a").on("web-01")).isCancelled();
      assertThat(web).ran("fix a").once();
    }
  }

  @Test
  void keepsWaitingWorkOfOtherAgentAtSameAddress() {
    FakeHost host = FakeHost.named("shared");
    host.pair("check a", "fix a").healthy().checkTakes(Duration.ofSeconds(10));
    try (FlukeKit kit = FlukeKit.create()) {
      for (String name : List.of("one", "two", "three")) {
        kit.agent(Agent.named(name, host).sharingAddress());
      }
      kit.manifest(Pair.task("a"));
      var one = submit(kit, "one");
      kit.runFor(Duration.ofSeconds(1));
      var two = submit(kit, "two");
      var three = submit(kit, "three");
      var all = Later.call(kit, kit.reconciler()::cycle);
      kit.runFor(Duration.ofSeconds(1));

      kit.reconciler().remove("two");
      kit.runFor(Duration.ofMinutes(2));

      assertThat(one.join().task("a").on("one")).isInSync();
      assertThat(two.join().task("a").on("two")).isCancelled();
      assertThat(three.join().task("a").on("three")).isInSync();
      assertThat(all.join().task("a").on("one")).isInSync();
      assertThat(all.join().task("a").on("two")).isCancelled();
      assertThat(all.join().task("a").on("three")).isInSync();
      assertThat(host.openConnections()).isEqualTo(2);
    }
  }

  @Test
  void coversAllAgentsAtOneAddressInOneCycle() {
    FakeHost host = FakeHost.named("shared");
    host.pair("check a", "fix a").healthy().checkTakes(Duration.ofSeconds(1));
    try (FlukeKit kit = FlukeKit.create()) {
      List<String> names = List.of("four", "one", "three", "two");
      names.forEach(name -> kit.agent(Agent.named(name, host).sharingAddress()));

      CycleReport report = kit.cycle(Pair.task("a"));

      assertThat(report.tasks()).extracting(TaskReport::agent).isEqualTo(names);
      assertThat(report.succeeded()).isTrue();
    }
  }

  @Test
  void withdrawsWorkThatWaitsForItsPermit() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.checkingAtOnce(1));
      for (String name : List.of("a-slow", "b-goes", "c-stays")) {
        kit.agent(name, Map.of())
            .pair("check a", "fix a")
            .healthy()
            .checkTakes(Duration.ofSeconds(10));
      }
      kit.manifest(Pair.task("a"));
      var first = submit(kit, "a-slow");
      kit.runFor(Duration.ofSeconds(1));
      var goes = submit(kit, "b-goes");
      var stays = submit(kit, "c-stays");
      kit.runFor(Duration.ofSeconds(1));

      kit.reconciler().remove("b-goes");
      kit.runFor(Duration.ofMillis(1));

      assertThat(goes.join().task("a").on("b-goes")).isCancelled();
      assertThat(goes.join().task("a").on("b-goes").reason()).isEqualTo("the agent was removed");
      assertThat(first).isNotDone();
      kit.runFor(Duration.ofSeconds(30));
      assertThat(first.join().succeeded()).isTrue();
      assertThat(stays.join().succeeded()).isTrue();
      assertThat(kit.hosts().get(1).asked()).isEmpty();
    }
  }

  @Test
  void withdrawsNoWorkOfOtherAgentAtSameAddress() {
    FakeHost shared = FakeHost.named("shared");
    shared.pair("check a", "fix a").healthy();
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.checkingAtOnce(1));
      kit.agent("a-slow", Map.of())
          .pair("check a", "fix a")
          .healthy()
          .checkTakes(Duration.ofSeconds(10));
      kit.agent(Agent.named("goes", shared).sharingAddress());
      kit.agent(Agent.named("stays", shared).sharingAddress());
      kit.manifest(Pair.task("a"));
      var slow = submit(kit, "a-slow");
      kit.runFor(Duration.ofSeconds(1));
      var stays = submit(kit, "stays");
      kit.runFor(Duration.ofSeconds(1));

      kit.reconciler().remove("goes");
      kit.runFor(Duration.ofSeconds(1));

      assertThat(stays).isNotDone();
      kit.runFor(Duration.ofSeconds(30));
      assertThat(stays.join().task("a").on("stays")).isInSync();
      assertThat(slow.join().succeeded()).isTrue();
    }
  }

  @Test
  void endsRunningCheckOfRemovedAgentOnly() {
    FakeHost shared = FakeHost.named("shared");
    shared.pair("check a", "fix a").healthy().checkTakes(Duration.ofSeconds(40));
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("one", shared).sharingAddress());
      kit.agent(Agent.named("two", shared).sharingAddress());
      kit.manifest(Pair.task("a"));
      var one = submit(kit, "one");
      kit.runFor(Duration.ofSeconds(1));
      kit.reconciler().remove("two");
      kit.runFor(Duration.ofSeconds(1));
      assertThat(one).isNotDone();

      kit.reconciler().remove("one");
      kit.runFor(Duration.ofSeconds(1));

      assertThat(one.join().task("a").on("one")).isCancelled();
      assertThat(shared.openConnections()).isZero();
    }
  }

  @Test
  void endsSettleTimeWhenAgentIsRemoved() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyDoesNothing();
      kit.manifest(SettleTimeTest.settling("a", Duration.ofMinutes(5)));
      var run = submit(kit, "web-01");
      kit.runFor(Duration.ofSeconds(1));

      kit.reconciler().remove("web-01");
      kit.runFor(Duration.ofSeconds(1));

      assertThat(run).isDone();
      assertThat(web.openConnections()).isZero();
    }
  }
}
