package dev.fluke.tests.fleet;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An agent that is declared otherwise while the loop runs. */
class ChangedAgentTest {

  private static AgentState state(FlukeKit kit) {
    return kit.reconciler().status().agents().get(0).state();
  }

  @Test
  void checksAgentAtOnceWhenItsTransportChanges() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.pollInterval(Duration.ofHours(1)));
      FakeHost before = FakeHost.named("same");
      FakeHost now = FakeHost.named("same");
      before.pair("check a", "fix a").healthy();
      now.pair("check a", "fix a").broken();
      kit.agent(Agent.named("web-01", before));
      kit.manifest(Pair.task("a"));
      kit.start();
      kit.runFor(Duration.ofMinutes(1));
      assertThat(state(kit)).isEqualTo(AgentState.REACHABLE);

      kit.reconciler().put(Agent.named("web-01", now));
      assertThat(state(kit)).isEqualTo(AgentState.NEW);
      kit.runFor(Duration.ofSeconds(1));

      assertThat(now).ran("fix a").once();
      assertThat(state(kit)).isEqualTo(AgentState.REACHABLE);
    }
  }
}
