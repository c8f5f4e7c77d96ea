package dev.fluke.reconcile.internal.engine;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The end of a reconciler. */
@Tag("S09")
@Tag("rule-31")
class ShutdownTest {

  @Test
  void returnsAtOnceWhenIdleAlsoTwice() {
    FlukeKit kit = FlukeKit.create();
    kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
    kit.cycle(Pair.task("a"));
    var before = kit.time().now();

    kit.reconciler().close();
    kit.reconciler().close();

    assertThat(kit.time().now()).isEqualTo(before);
    kit.close();
  }

  @Tag("E32")
  @Test
  void waitsForApplyWithinGraceAndCancelsTheRest() {
    FlukeKit kit = FlukeKit.create();
    FakeHost web = kit.agent("web-01", Map.of());
    web.pair("check a", "fix a").broken().applyTakes(Duration.ofSeconds(5));
    web.pair("check b", "fix b").broken();
    kit.manifest(Pair.task("a"), Pair.task("b"));
    var running = kit.reconciler().submit(ManualRun.of(Scope.all()));
    kit.runFor(Duration.ofSeconds(1));
    var before = kit.time().now();

    kit.reconciler().close();

    assertThat(Duration.between(before, kit.time().now())).isLessThan(Duration.ofSeconds(10));
    CycleReport report = running.join();
    assertThat(report.task("b").on("web-01")).isCancelled();
    assertThat(web.acted()).containsExactly("fix a");
    kit.close();
  }

  @Test
  void endsLongAppliesAndReturnsWithin40Seconds() {
    FlukeKit kit = FlukeKit.create();
    for (int i = 0; i < 3; i++) {
      kit.agent("web-" + i, Map.of())
          .pair("check a", "fix a")
          .broken()
          .applyTakes(Duration.ofMinutes(10 + i));
    }
    kit.manifest(Pair.task("a"));
    var running = kit.reconciler().submit(ManualRun.of(Scope.all()));
    kit.runFor(Duration.ofSeconds(1));
    var before = kit.time().now();

    kit.reconciler().close();

    assertThat(Duration.between(before, kit.time().now()))
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
    assertThat(running.join().tasks())
        .hasSize(3)
        .allSatisfy(task -> assertThat(task.outcome()).isIn(Outcome.CANCELLED, Outcome.UNKNOWN));
    kit.close();
  }

  @Test
  void endsChecksAtOnce() {
    FlukeKit kit = FlukeKit.create();
    FakeHost web = kit.agent("web-01", Map.of());
    web.pair("check a", "fix a").broken().checkTakes(Duration.ofSeconds(50));
    kit.manifest(Pair.task("a"));
    var running = kit.reconciler().submit(ManualRun.of(Scope.all()));
    kit.runFor(Duration.ofSeconds(1));
    var before = kit.time().now();

    kit.reconciler().close();

    assertThat(Duration.between(before, kit.time().now())).isLessThan(Duration.ofSeconds(8));
    assertThat(running.join().task("a").on("web-01")).isCancelled();
    kit.close();
  }

  @Test
  void refusesEveryCallAfterCloseExceptStatus() {
    FlukeKit kit = FlukeKit.create();
    kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
    kit.cycle(Pair.task("a"));
    Reconciler reconciler = kit.reconciler();
    reconciler.close();
    List<Runnable> calls = new ArrayList<>();
    calls.add(reconciler::start);
    calls.add(reconciler::cycle);
    calls.add(reconciler::checkNow);
    calls.add(reconciler::pollNow);
    calls.add(() -> reconciler.plan(Scope.all()));
    calls.add(() -> reconciler.reconcile(Scope.all()));
    calls.add(() -> assertThat(reconciler.submit(ManualRun.of(Scope.all()))).isNull());
    calls.add(() -> reconciler.subscribe(event -> {}));
    calls.add(() -> reconciler.put(Agent.named("x")));
    calls.add(() -> reconciler.remove("web-01"));
    calls.add(() -> reconciler.replaceAll(List.of()));

    for (Runnable call : calls) {
      assertThatThrownBy(call::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the reconciler is closed");
    }
    reconciler.close();
    reconciler.awaitClose();
    assertThat(reconciler.status().agents()).hasSize(1);
    kit.close();
  }
}
