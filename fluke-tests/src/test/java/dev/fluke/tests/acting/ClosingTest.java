package dev.fluke.tests.acting;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Selector;
import dev.fluke.manifest.Task;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After close() was called no apply begins, and no check but a verification. */
@Tag("rule-0")
@Tag("rule-31")
@Tag("S09")
class ClosingTest {

  @Test
  void beginsNoApplyThatHasItsPermitOnly() {
    FlukeKit kit = FlukeKit.create();
    FakeHost web = kit.agent("web-01", Map.of());
    var state = web.pair("check a", "fix a").healthy();
    kit.cycle(Pair.task("a"));
    state.broken().applyTakes(Duration.ofSeconds(20));
    kit.reconciler().checkNow();
    long before = kit.time().nanoTime();

    kit.close();

    assertThat(web.acted()).isEmpty();
    assertThat(kit.time().nanoTime() - before).isLessThan(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void verifiesTheStepUnderWayAndBeginsNoOther() {
    FlukeKit kit = FlukeKit.create();
    FakeHost web = kit.agent("web-01", Map.of());
    web.pair("check a", "fix a").broken().applyTakes(Duration.ofSeconds(20));
    web.pair("check b", "fix b").broken();
    kit.manifest(
        Task.named("t")
            .on(Selector.everyAgent())
            .step("a", Pair.of("a"))
            .step("b", Pair.of("b"))
            .build());
    var run = kit.reconciler().submit(ManualRun.of(Scope.all()));
    kit.runFor(Duration.ofSeconds(5));

    kit.close();

    assertThat(run.join().task("t").on("web-01")).isCancelled();
    assertThat(run.join().task("t").on("web-01").reason())
        .isEqualTo("the reconciler was closed; applied before: 'a'");
    assertThat(web.acted()).containsExactly("fix a");
    assertThat(web.asked().stream().filter("check a"::equals)).hasSize(3);
  }

  @Test
  void endsTheOnlyStepUnderWayAsRemediated() {
    FlukeKit kit = FlukeKit.create();
    FakeHost web = kit.agent("web-01", Map.of());
    web.pair("check a", "fix a").broken().applyTakes(Duration.ofSeconds(20));
    kit.manifest(Pair.task("a"));
    var run = kit.reconciler().submit(ManualRun.of(Scope.all()));
    kit.runFor(Duration.ofSeconds(5));

    kit.close();

    assertThat(run.join().task("a").on("web-01")).isRemediated();
  }

  @Test
  void asksNoSlowChecksAfterTheFastOnes() {
    FlukeKit kit = FlukeKit.create();
    FakeHost web = kit.agent("web-01", Map.of());
    web.pair("check slow", "fix slow").healthy().checkTakes(Duration.ofSeconds(20));
    var fast = web.pair("check fast", "fix fast").healthy();
    kit.cycle(Pair.task("slow"), Pair.task("fast"));
    fast.checkTakes(Duration.ofSeconds(3));
    kit.reconciler().checkNow();
    kit.runFor(Duration.ofSeconds(1));
    int asked = web.asked().size();

    kit.close();

    assertThat(web.asked().stream().skip(asked)).isEmpty();
  }

  @Test
  void opensNoConnectionAfterOneThatIsBeingOpened() {
    FlukeKit kit = FlukeKit.create();
    FakeHost web = kit.agent("web-01", Map.of()).blackHole();
    kit.manifest(Pair.task("a")).start().runFor(Duration.ofSeconds(3));
    int tried = web.connectionsTried();

    kit.close();

    assertThat(web.connectionsTried()).isEqualTo(tried);
  }

  @Test
  void givesAppliesTheirGraceOnAnInterruptedThread() {
    FlukeKit kit = FlukeKit.create();
    FakeHost web = kit.agent("web-01", Map.of());
    web.pair("check a", "fix a").broken().applyTakes(Duration.ofSeconds(20));
    kit.manifest(Pair.task("a"));
    var run = kit.reconciler().submit(ManualRun.of(Scope.all()));
    kit.runFor(Duration.ofSeconds(5));
    Thread.currentThread().interrupt();
    boolean kept;
    try {
      kit.reconciler().close();
    } finally {
      kept = Thread.interrupted();
    }

    assertThat(kept).as("the caller's interrupt").isTrue();
    assertThat(run.join().task("a").on("web-01")).isRemediated();
    kit.close();
    assertThat(web.openConnections()).isZero();
  }
}
