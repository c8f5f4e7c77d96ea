package dev.fluke.reconcile.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.report.FleetStatus;
import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The status of the fleet: how each agent and each of its tasks stands. */
class StatusAssemblerTest {
  private static FakeHost healthy(String name) {
    FakeHost host = FakeHost.named(name);
    host.pair("check a", "fix a").healthy();
    return host;
  }

  @Test
  void namesAgentOrTaskThatIsMissing() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
      kit.agent("web-02", Map.of()).pair("check a", "fix a").healthy();
      assertThat(kit.manifest(Pair.task("a")).reconciler().status().agent("web-01").state())
          .isEqualTo(FleetStatus.AgentState.NEW);
      kit.cycle(Pair.task("a"), Pair.task("b"));
      FleetStatus status = kit.reconciler().status();

      assertThat(status.agent("web-02").name()).isEqualTo("web-02");
      assertThat(status.agent("web-01").state()).isEqualTo(FleetStatus.AgentState.REACHABLE);
      assertThat(status.agent("web-01").task("b").task()).isEqualTo("b");
      assertThatThrownBy(() -> status.agent("web-03")).hasMessage("no agent 'web-03'");
      assertThatThrownBy(() -> status.agent("web-01").task("c"))
          .hasMessage("no task 'c' on web-01");
    }
  }

  @Tag("L03")
  @Test
  void findsAgentsAndTasksByName() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("web-01", healthy("h1")).labels(Map.of("role", "web")));
      kit.agent(Agent.named("web-02", healthy("h2")));
      kit.manifest(Pair.task("a"));
      assertThat(kit.reconciler().status().agent("web-02").state()).isEqualTo(AgentState.NEW);
      kit.cycle(Pair.task("a"), Pair.task("b"));
      var status = kit.reconciler().status();

      assertThat(status.agent("web-02").state()).isEqualTo(AgentState.REACHABLE);
      assertThat(status.agent("web-02").name()).isEqualTo("web-02");
      assertThat(status.agent("web-01").labels()).containsEntry("role", "web");
      assertThat(status.agent("web-02").task("b").task()).isEqualTo("b");
      assertThatThrownBy(() -> status.agent("nobody"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no agent 'nobody'");
      assertThatThrownBy(() -> status.agent("web-01").task("nothing"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no task 'nothing' on web-01");
    }
  }
}
