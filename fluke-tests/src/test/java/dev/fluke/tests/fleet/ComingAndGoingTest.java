package dev.fluke.tests.fleet;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Agents that come, change and go while the loop runs. */
@Tag("L03")
class ComingAndGoingTest {
  private final FlukeKit kit = FlukeKit.create();
  private final FakeHost web = kit.agent("web-01", Map.of());

  @AfterEach
  void close() {
    kit.close();
  }

  private static FakeHost host(String name) {
    FakeHost host = FakeHost.named(name);
    host.pair("check a", "fix a").broken();
    return host;
  }

  @Test
  void checksJoinedAgentNowAndThenEveryInterval() {
    web.pair("check a", "fix a").healthy();
    kit.manifest(Pair.task("a")).start();
    kit.runFor(Duration.ofSeconds(5));
    FakeHost late = host("late");
    kit.reconciler().put(Agent.named("late", late));
    kit.runFor(Duration.ofSeconds(1));
    assertThat(late).ran("fix a").once();
    int asked = late.asked().size();

    kit.runFor(Duration.ofMinutes(10));

    assertThat(late.asked().size() - asked).isBetween(9, 11);
  }

  @Test
  void neverChecksAgentThatLeft() {
    web.pair("check a", "fix a").healthy();
    FakeHost other = kit.agent("other", Map.of());
    other.pair("check a", "fix a").healthy();
    kit.manifest(Pair.task("a")).start();
    kit.runFor(Duration.ofMinutes(2));
    kit.reconciler().remove("web-01");
    int asked = web.asked().size();
    int stays = other.asked().size();

    kit.runFor(Duration.ofMinutes(5));

    assertThat(web.asked()).hasSize(asked);
    assertThat(web.openConnections()).isZero();
    assertThat(other.asked().size()).isGreaterThan(stays);
    assertThat(kit.reconciler().status().agents()).hasSize(1);
  }

  @Test
  void removesAgentsOfSharedAddressOneByOne() {
    FakeHost shared = host("shared");
    kit.reconciler();
    kit.manifest(Pair.task("a"));
    kit.reconciler()
        .replaceAll(
            List.of(
                Agent.named("one", shared).sharingAddress(),
                Agent.named("two", shared).sharingAddress()));
    kit.cycle();
    assertThat(shared).ran("fix a").once();
    kit.reconciler().remove("one");

    assertThat(kit.cycle().task("a").on("two")).isInSync();
    assertThat(shared.busiest()).isEqualTo(1);
  }

  @Test
  void forgetsTaskThatWasNotDeclaredForADay() {
    web.pair("check a", "fix a").broken().applyFails(1);
    web.pair("check b", "fix b").healthy();
    kit.cycle(Pair.task("a"));
    assertThat(kit.cycle(Pair.task("b")).tasks()).hasSize(1);
    assertThat(kit.reconciler().status().agent("web-01").tasks()).hasSize(1);
    kit.runFor(Duration.ofHours(25));
    web.pair("check a", "fix a").broken();

    assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01")).isRemediated();
  }

  @Tag("rule-31")
  @Test
  void cancelsWaitingWorkAndTimersOnClose() {
    web.pair("check a", "fix a").broken().checkTakes(Duration.ofSeconds(20));
    kit.manifest(Pair.task("a")).start();
    kit.runFor(Duration.ofSeconds(1));
    CompletableFuture<CycleReport> run = kit.reconciler().submit(ManualRun.of(Scope.task("a")));
    kit.runFor(Duration.ofSeconds(1));
    kit.reconciler().close();
    int asked = web.asked().size();
    kit.runFor(Duration.ofHours(1));

    assertThat(run).isDone();
    assertThat(run.join().task("a").on("web-01").outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(run.join().task("a").on("web-01").reason()).contains("the reconciler was closed");
    assertThat(web.asked()).hasSize(asked);
    assertThat(web).ran("fix a").never();
    assertThat(web.openConnections()).isZero();
  }
}
