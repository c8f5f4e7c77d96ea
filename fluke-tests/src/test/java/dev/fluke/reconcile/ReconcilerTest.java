package dev.fluke.reconcile;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.command.CommandResult;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.Trigger;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Later;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the reconciler's methods do, and when they refuse. */
@Tag("rule-24")
class ReconcilerTest {

  @Test
  void refusesCallsAfterClose() {
    FlukeKit kit = FlukeKit.create();
    kit.agent("web-01", Map.of());
    Reconciler reconciler = kit.reconciler();
    kit.close();

    List<ThrowingCallable> calls =
        List.of(
            reconciler::start,
            () -> reconciler.submit(ManualRun.of(Scope.all())),
            () -> reconciler.subscribe(event -> {}),
            () -> reconciler.put(Agent.named("web-02")),
            () -> reconciler.remove("web-01"),
            () -> reconciler.replaceAll(List.of()),
            reconciler::checkNow,
            reconciler::pollNow,
            reconciler::cycle,
            () -> reconciler.plan(Scope.all()));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the reconciler is closed");
    }
    assertThat(reconciler.status().started()).isFalse();
    assertThat(reconciler.status().agents()).extracting(agent -> agent.name()).contains("web-01");
    assertThat(reconciler.events("web-01", 10)).isEmpty();
  }

  @Test
  void ignoresSecondStart() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      kit.manifest(Pair.task("a"));
      assertThat(kit.reconciler().status().started()).isFalse();

      kit.start();
      kit.runFor(Duration.ofMillis(1));
      assertThat(web.asked()).hasSize(1);
      kit.start();
      kit.runFor(Duration.ofMinutes(10));

      assertThat(kit.reconciler().status().started()).isTrue();
      assertThat(web.asked()).hasSize(11);
    }
  }

  @Test
  void waitsForFirstCloseInSecondOne() {
    FlukeKit kit = FlukeKit.create();
    FakeHost web = kit.agent("web-01", Map.of());
    List<String> ran = new ArrayList<>();
    web.pair("check a", "fix a").broken().applyTakes(Duration.ofSeconds(10));
    web.answer(
        "fix a",
        command -> {
          ran.add("to its end");
          return CommandResult.exited(0);
        });
    kit.manifest(Pair.task("a"));
    var run = kit.reconciler().submit(ManualRun.of(Scope.all()));
    kit.runFor(Duration.ofSeconds(1));
    Instant before = kit.time().now();
    var first =
        Later.call(
            kit,
            () -> {
              kit.reconciler().close();
              return kit.time().now();
            });
    var second =
        Later.call(
            kit,
            () -> {
              kit.time().sleep(Duration.ofSeconds(1));
              kit.reconciler().close();
              return kit.time().now();
            });
    var waiting =
        Later.call(
            kit,
            () -> {
              kit.reconciler().awaitClose();
              return kit.time().now();
            });

    kit.runFor(Duration.ofSeconds(5));
    assertThat(List.of(first, second, waiting)).noneMatch(call -> call.isDone());
    kit.runFor(Duration.ofSeconds(5));

    assertThat(first.join()).isEqualTo(before.plusSeconds(9));
    assertThat(second.join()).isEqualTo(before.plusSeconds(9));
    assertThat(waiting.join()).isEqualTo(before.plusSeconds(9));
    assertThat(ran).containsExactly("to its end");
    assertThat(run).isDone();
    kit.close();
  }

  @Tag("rule-31")
  @Test
  void waitsForApplyDuringGraceThenEndsIt() {
    FlukeKit kit = FlukeKit.create();
    kit.configure(builder -> builder.closeGrace(Duration.ofSeconds(3)));
    FakeHost web = kit.agent("web-01", Map.of());
    web.pair("check a", "fix a").broken().applyTakes(Duration.ofMinutes(10));
    kit.manifest(Pair.task("a"));
    var run = kit.reconciler().submit(ManualRun.of(Scope.all()));
    kit.runFor(Duration.ofSeconds(1));
    Instant before = kit.time().now();

    kit.reconciler().close();

    assertThat(Duration.between(before, kit.time().now())).isEqualTo(Duration.ofSeconds(3));
    assertThat(run).isDone();
    assertThat(web.openConnections()).isZero();
    kit.close();
  }

  @Tag("rule-31")
  @Test
  void keepsInterruptOfThreadThatCloses() {
    FlukeKit kit = FlukeKit.create();
    FakeHost web = kit.agent("web-01", Map.of());
    web.pair("check a", "fix a").broken().applyTakes(Duration.ofSeconds(20));
    kit.manifest(Pair.task("a"));
    var run = kit.reconciler().submit(ManualRun.of(Scope.all()));
    kit.runFor(Duration.ofSeconds(1));
    Instant before = kit.time().now();
    Thread.currentThread().interrupt();

    kit.reconciler().close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(kit.time().now()).isAfter(before.plusSeconds(18));
    assertThat(run.join().task("a").on("web-01")).isRemediated();
    kit.close();
  }

  @Test
  void continuesWorkWhenCallerIsInterrupted() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      kit.manifest(Pair.task("a"));
      kit.reconciler();
      Thread.currentThread().interrupt();

      assertThatThrownBy(kit::cycle)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("interrupted while waiting; the work goes on");

      assertThat(Thread.interrupted()).isTrue();
      kit.runFor(Duration.ofSeconds(1));
      assertThat(web).ran("fix a").once();
    }
  }

  @Test
  void enforcesRevisionFoundByManualRunEverywhere() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost one = kit.agent("web-01", Map.of());
      FakeHost two = kit.agent("web-02", Map.of());
      for (FakeHost host : List.of(one, two)) {
        host.pair("check a", "fix a").healthy();
        host.pair("check b", "fix b").broken();
      }
      kit.configure(builder -> builder.pollInterval(Duration.ofDays(10)));
      kit.manifest(Pair.task("a"));
      kit.start();
      kit.runFor(Duration.ofSeconds(1));
      kit.manifest(Pair.task("a"), Pair.task("b"));

      var report = kit.reconciler().reconcile(Scope.task("b").on("web-01"));
      assertThat(report.trigger()).isEqualTo(Trigger.MANUAL);
      assertThat(report.cycle()).isEqualTo(2);
      kit.runFor(Duration.ofSeconds(1));

      assertThat(two).ran("fix b").once();
      assertThat(one).asked("check a").times(3); // at the start, as a bystander, and now
      kit.manifest(Pair.task("a"), Pair.builder("b").onDrift(DriftPolicy.ALERT_ONLY).build());
      assertThat(kit.reconciler().plan(Scope.task("a").on("web-01")).isInSync()).isTrue();
      kit.runFor(Duration.ofSeconds(1));
      assertThat(two).asked("check a").times(4); // start, revision, closing look, revision
      int before = two.asked().size();
      kit.reconciler().reconcile(Scope.task("a").on("web-01"));
      kit.runFor(Duration.ofSeconds(1));
      assertThat(two.asked()).hasSize(before); // nothing new
    }
  }

  @Test
  void opensNoOtherCycleBeforeStart() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost one = kit.agent("web-01", Map.of());
      one.pair("check a", "fix a").healthy();
      FakeHost two = kit.agent("web-02", Map.of());
      kit.manifest(Pair.task("a"));

      kit.reconciler().reconcile(Scope.agent("web-01"));
      kit.runFor(Duration.ofMinutes(10));

      assertThat(one.asked()).hasSize(1);
      assertThat(two.asked()).isEmpty();
    }
  }

  @Test
  void opensOneCycleForNewRevisionItFinds() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      kit.configure(builder -> builder.pollInterval(Duration.ofDays(10)));
      kit.manifest(Pair.task("a"));
      kit.start();
      kit.runFor(Duration.ofSeconds(1));
      kit.manifest(Pair.task("a"));

      assertThat(kit.cycle().trigger()).isEqualTo(Trigger.APPLICATION);
      kit.runFor(Duration.ofSeconds(1));

      assertThat(web.asked()).hasSize(2);
    }
  }

  @Test
  void pollsSourceInCheckNowIfNothingIsInForce() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      kit.manifest(Pair.task("a"));

      kit.reconciler().checkNow();
      kit.runFor(Duration.ofSeconds(1));
      kit.reconciler().checkNow();
      kit.runFor(Duration.ofSeconds(1));

      assertThat(web).asked("check a").times(2);
    }
  }

  @Test
  void plansCauseOfDriftOnly() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var a = web.pair("check a", "fix a").healthy();
      web.pair("check b", "fix b").healthy();
      kit.cycle(Pair.task("a"), Pair.task("b"));
      a.broken();

      var plan = kit.reconciler().plan(Scope.all());

      assertThat(plan.task("a", "web-01").cause())
          .contains(dev.fluke.manifest.DriftCause.REGRESSED);
      assertThat(plan.task("b", "web-01").cause()).isEmpty();
    }
  }

  @Test
  void printsScopeAsTyped() {
    assertThat(Scope.all()).hasToString("all");
    assertThat(Scope.agent("web-01")).hasToString("agent web-01");
    assertThat(Scope.task("nginx")).hasToString("task nginx");
    assertThat(Scope.task("nginx").on("web-01")).hasToString("task nginx on web-01");
  }
}
