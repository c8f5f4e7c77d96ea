package dev.fluke.reconcile.internal.engine;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Agents and tasks that change while a reconciler is in use. */
class FleetChangesTest {

  @Tag("L04")
  @Tag("rule-8")
  @Test
  void refusesAgentsOfOneNameOrOneAddress() {
    FakeHost host = FakeHost.named("web-01");

    assertThatThrownBy(
            () ->
                Reconciler.builder()
                    .agent(Agent.named("web-01"))
                    .agent(Agent.named("Web-01"))
                    .agent(Agent.named("a", host))
                    .agent(Agent.named("b", host))
                    .pollInterval(Duration.ZERO)
                    .checkingAtOnce(0)
                    .build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no manifest; call manifest(..) or source(..)")
        .hasMessageContaining("two agents named 'Web-01'")
        .hasMessageContaining("agents ['a', 'b'] have one address")
        .hasMessageContaining("poll interval is PT0S, must be more than zero")
        .hasMessageContaining("checking at once is 0, must be at least 1");
  }

  @Tag("rule-8")
  @Test
  void agentsThatShareAnAddressTakeTurns() {
    FakeHost host = FakeHost.named("shared");
    host.pair("check a", "fix a").healthy().checkTakes(Duration.ofSeconds(1));
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("one", host).sharingAddress());
      kit.agent(Agent.named("two", host).sharingAddress());

      CycleReport report = kit.cycle(Pair.task("a"));

      assertThat(report.tasks()).hasSize(2);
      assertThat(host.busiest()).isEqualTo(1);
    }
  }

  @Tag("L03")
  @Test
  void cancelsAgentRemovedInMidCycleAndClosesConnection() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyTakes(Duration.ofSeconds(10));
      web.pair("check b", "fix b").broken();
      kit.manifest(Pair.task("a"), Pair.task("b"));
      var running = kit.reconciler().submit(ManualRun.of(Scope.all()));
      kit.runFor(Duration.ofSeconds(5));

      assertThat(kit.reconciler().remove("web-01")).isTrue();
      kit.runFor(Duration.ofSeconds(20));

      CycleReport report = running.join();
      assertThat(report.task("b").on("web-01")).isCancelled();
      assertThat(web.acted()).containsExactly("fix a");
      assertThat(web.openConnections()).isZero();
      assertThat(kit.reconciler().status().agents()).isEmpty();
    }
  }

  @Tag("E31")
  @Tag("rule-13")
  @Test
  void supersedesTaskThatChangesInMidCycle() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var a = web.pair("check a", "fix a").broken();
      web.pair("check b", "fix b").broken();
      kit.manifest(Pair.task("a"), Pair.task("b"));
      web.answer(
          "fix a",
          command -> {
            a.healthy();
            kit.manifest(Manifest.of(Pair.task("a")));
            kit.reconciler().pollNow();
            kit.time().yieldToOthers();
            return dev.fluke.command.CommandResult.exited(0);
          });

      CycleReport report = kit.cycle();

      assertThat(report.task("a").on("web-01")).isRemediated();
      assertThat(report.task("b").on("web-01")).isSkipped().hasReasonContaining("superseded");
      assertThat(web).ran("fix b").never();
    }
  }
}
