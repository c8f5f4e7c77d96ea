package dev.fluke.reconcile.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.CommandResult;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.reconcile.FaultPoints;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Later;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who goes first when more agents want their turn than may have it at once. */
@Tag("rule-8")
@Tag("rule-23")
class LaneQueueTest {

  /** Hosts of these names, whose check notes their name and takes that long. */
  private static List<String> orderOfChecks(FlukeKit kit, Duration time, String... names) {
    List<String> order = new ArrayList<>();
    for (String name : names) {
      FakeHost host = kit.agent(name, Map.of());
      host.pair("check a", "fix a").healthy().checkTakes(time);
      host.answer(
          "check a",
          asked -> {
            order.add(name);
            return CommandResult.exited(0);
          });
    }
    kit.manifest(Pair.task("a"));
    return order;
  }

  @Test
  void checksAgentsInOrder() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.checkingAtOnce(1));
      List<String> order = orderOfChecks(kit, Duration.ofSeconds(1), "a", "b", "c", "d", "e");

      kit.cycle();

      assertThat(order).containsExactly("a", "b", "c", "d", "e");
    }
  }

  @Test
  void checksAsManyAtOnceAsTheLimitAllows() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.checkingAtOnce(2));
      orderOfChecks(kit, Duration.ofSeconds(10), "a", "b", "c", "d", "e");
      var before = kit.time().now();

      kit.cycle();

      assertThat(Duration.between(before, kit.time().now())).isEqualTo(Duration.ofSeconds(30));
    }
  }

  @Test
  void checksAgentOfManualRunNext() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.checkingAtOnce(1));
      List<String> order = orderOfChecks(kit, Duration.ofSeconds(1), "a", "b", "c", "d", "e");
      kit.reconciler().checkNow();
      kit.runFor(Duration.ofMillis(500));

      var run = kit.reconciler().submit(ManualRun.of(Scope.agent("e")));
      kit.runFor(Duration.ofMillis(2_600));

      assertThat(order).startsWith("a", "e");
      kit.runFor(Duration.ofMinutes(1));
      assertThat(run.join().succeeded()).isTrue();
      assertThat(order).contains("b", "c", "d");
    }
  }

  @Test
  void appliesAgentOfManualRunNext() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.applyingAtOnce(1));
      List<String> order = new ArrayList<>();
      for (String name : List.of("a", "b", "c", "d")) {
        FakeHost host = kit.agent(name, Map.of());
        var state = host.pair("check a", "fix a").broken();
        state.checkTakes(Duration.ofSeconds(name.equals("d") ? 4 : 1));
        state.applyTakes(Duration.ofSeconds(20));
        host.answer(
            "fix a",
            ran -> {
              order.add(name);
              state.healthy();
              return CommandResult.exited(0);
            });
      }
      kit.manifest(Pair.task("a"));
      kit.reconciler().checkNow();
      kit.runFor(Duration.ofSeconds(2));

      var run = kit.reconciler().submit(ManualRun.of(Scope.agent("d")));
      kit.runFor(Duration.ofMinutes(3));

      assertThat(order).containsExactly("a", "d", "b", "c");
      assertThat(run.join().succeeded()).isTrue();
    }
  }

  @Test
  void appliesInTheOrderInWhichDriftWasFound() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.applyingAtOnce(1));
      List<String> order = new ArrayList<>();
      int seconds = 1;
      for (String name : List.of("a", "b", "c", "d")) {
        FakeHost host = kit.agent(name, Map.of());
        var state = host.pair("check a", "fix a").broken();
        state.checkTakes(Duration.ofSeconds(seconds++)).applyTakes(Duration.ofSeconds(20));
        host.answer(
            "fix a",
            ran -> {
              order.add(name);
              state.healthy();
              return CommandResult.exited(0);
            });
      }

      assertThat(kit.cycle(Pair.task("a")).succeeded()).isTrue();

      assertThat(order).containsExactly("a", "b", "c", "d");
    }
  }

  @Test
  void runsManualRunsInTheOrderOfRequest() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      List<String> names = List.of("a", "b", "c");
      for (String name : names) {
        web.pair("check " + name, "fix " + name).broken().applyTakes(Duration.ofSeconds(1));
      }
      kit.manifest(
          names.stream()
              .map(name -> Pair.builder(name).onDrift(DriftPolicy.ALERT_ONLY).build())
              .toArray(dev.fluke.manifest.Task[]::new));
      for (String name : List.of("c", "a", "b")) {
        var unused = kit.reconciler().submit(ManualRun.of(Scope.task(name)));
        kit.time().runUntilIdle();
      }
      kit.runFor(Duration.ofMinutes(1));

      assertThat(web.acted()).containsExactly("fix c", "fix a", "fix b");
    }
  }

  @Test
  void startsManualRunBeforeCycleThatWaitedLonger() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyTakes(Duration.ofSeconds(5));
      kit.manifest(Pair.task("a"));
      var running = Later.call(kit, kit.reconciler()::cycle);
      kit.runFor(Duration.ofSeconds(1));
      var cycle = Later.call(kit, kit.reconciler()::cycle);
      kit.runFor(Duration.ofSeconds(1));
      web.pair("check b", "fix b").healthy().checkTakes(Duration.ofSeconds(3));
      kit.manifest(Pair.task("a"), Pair.task("b"));
      var manual = kit.reconciler().submit(ManualRun.of(Scope.all()));

      kit.runFor(Duration.ofSeconds(7));

      assertThat(running).isDone();
      assertThat(manual).isDone();
      assertThat(cycle).isNotDone();
      kit.runFor(Duration.ofSeconds(5));
      assertThat(cycle).isDone();
    }
  }

  @Test
  void continuesCycleAfterManualRunBetweenTasksFails() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var a = web.pair("check a", "fix a").broken();
      web.pair("check b", "fix b").broken();
      web.pair("check c", "fix c").broken();
      List<java.util.concurrent.CompletableFuture<dev.fluke.report.CycleReport>> runs =
          new ArrayList<>();
      kit.configure(
          builder ->
              FaultPoints.of(
                  builder,
                  point -> {
                    if (point.equals("decide") && web.acted().size() == 1 && runs.size() == 1) {
                      runs.add(runs.get(0));
                      throw new IllegalStateException("injected");
                    }
                  }));
      kit.manifest(
          Pair.task("a"),
          Pair.task("b"),
          Pair.builder("c").onDrift(DriftPolicy.ALERT_ONLY).build());
      web.answer(
          "fix a",
          ran -> {
            runs.add(kit.reconciler().submit(ManualRun.of(Scope.task("c"))));
            kit.time().yieldToOthers();
            a.healthy();
            return CommandResult.exited(0);
          });

      var report = kit.cycle();

      assertThat(runs.get(0).join().task("c").on("web-01").reason())
          .isEqualTo("the cycle failed: IllegalStateException: injected");
      assertThat(web.acted()).containsExactly("fix a", "fix b");
      assertThat(report.task("b").on("web-01").outcome())
          .isEqualTo(dev.fluke.report.Outcome.REMEDIATED);
    }
  }

  @Test
  void skipsCycleWhoseInsertedManualRunIsStuck() {
    try (FlukeKit kit = FlukeKit.create()) {
      java.util.concurrent.CompletableFuture<Void> letGo =
          new java.util.concurrent.CompletableFuture<>();
      FakeHost web = kit.agent("web-01", Map.of());
      var a = web.pair("check a", "fix a").broken();
      web.pair("check b", "fix b").broken();
      Doing hangs =
          Doing.check(
              host -> {
                if (!web.acted().isEmpty()) {
                  Later.awaitStubbornly(kit, letGo);
                }
                return dev.fluke.executor.CheckResult.inSync();
              });
      kit.manifest(Pair.task("a"), Pair.task("b"), hangs.task("hangs"));
      web.answer(
          "fix a",
          ran -> {
            var unused = kit.reconciler().submit(ManualRun.of(Scope.task("hangs")));
            kit.time().yieldToOthers();
            a.healthy();
            return CommandResult.exited(0);
          });

      var report = kit.cycle();

      assertThat(report.task("b").on("web-01").reason()).startsWith("stuck: the check of step");
      assertThat(report.task("a").on("web-01").outcome())
          .isEqualTo(dev.fluke.report.Outcome.REMEDIATED);
      assertThat(web.acted()).containsExactly("fix a");
      letGo.complete(null);
      kit.runFor(Duration.ofSeconds(1));
    }
  }
}
