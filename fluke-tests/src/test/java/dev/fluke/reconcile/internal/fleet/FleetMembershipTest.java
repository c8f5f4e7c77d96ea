package dev.fluke.reconcile.internal.fleet;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Agents that come, change and go while the reconciler is in use. */
@Tag("L03")
class FleetMembershipTest {
  private static List<String> told(FlukeKit kit) {
    return kit.events().stream()
        .filter(event -> event.type().startsWith("agent_"))
        .map(event -> event.type() + " " + event.agent().orElse("?"))
        .toList();
  }

  private static List<String> names(FlukeKit kit) {
    return kit.reconciler().status().agents().stream().map(AgentStatus::name).toList();
  }

  private static FakeHost healthy(String name) {
    FakeHost host = FakeHost.named(name);
    host.pair("check a", "fix a").healthy();
    return host;
  }

  @Test
  void publishesEachChangeOfTheFleet() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("web-01", healthy("h1")));
      kit.cycle(Pair.task("a"));
      assertThat(told(kit)).isEmpty();

      FakeHost second = healthy("h2");
      kit.agent(Agent.named("web-02", second).label("role", "web"));
      kit.agent(Agent.named("web-02", second).label("role", "web"));
      assertThat(told(kit)).containsExactly("agent_added web-02");
      kit.agent(Agent.named("web-02", second).label("role", "db"));
      assertThat(kit.reconciler().remove("web-02")).isTrue();
      assertThat(kit.reconciler().remove("web-02")).isFalse();

      assertThat(told(kit))
          .containsExactly("agent_added web-02", "agent_changed web-02", "agent_removed web-02");
      assertThat(kit.events().get(kit.events().size() - 2).toJson()).contains("\"role\":\"db\"");
      assertThat(names(kit)).containsExactly("web-01");
    }
  }

  @Test
  void keepsMemoryOfAgentsThatStayWhenAllAreReplaced() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost stays = FakeHost.named("h1");
      var state = stays.pair("check a", "fix a").healthy();
      kit.agent(Agent.named("stays", stays));
      FakeHost goes = healthy("h2");
      kit.agent(Agent.named("goes", goes));
      kit.manifest(Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build());
      kit.cycle();
      state.broken();
      FakeHost comes = FakeHost.named("h3");
      comes.pair("check a", "fix a").broken();

      kit.reconciler()
          .replaceAll(List.of(Agent.named("stays", stays), Agent.named("comes", comes)));

      assertThat(names(kit)).containsExactly("comes", "stays");
      kit.runFor(Duration.ofSeconds(1)); // connections close apart from the caller
      assertThat(goes.openConnections()).isZero();
      assertThat(stays.openConnections()).isEqualTo(1);
      var report = kit.cycle();
      assertThat(report.task("a").on("stays")).hasCause(DriftCause.REGRESSED);
      assertThat(report.task("a").on("comes")).hasCause(DriftCause.NEVER_APPLIED);
      kit.reconciler().replaceAll(List.of());
      kit.runFor(Duration.ofSeconds(1)); // connections close apart from the caller
      assertThat(comes.openConnections()).isZero();
      assertThat(names(kit)).isEmpty();
    }
  }

  @Test
  void treatsAgentWithNewAddressAsAnother() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost first = healthy("h1");
      FakeHost second = healthy("h2");
      kit.agent(Agent.named("web-01", first));
      kit.cycle(Pair.task("a"));

      kit.agent(Agent.named("web-01", second));

      assertThat(told(kit)).containsExactly("agent_removed web-01", "agent_added web-01");
      kit.runFor(Duration.ofSeconds(1)); // connections close apart from the caller
      assertThat(first.openConnections()).isZero();
      assertThat(kit.reconciler().status().agent("web-01").tasks()).isEmpty();
      assertThat(kit.cycle().succeeded()).isTrue();
      assertThat(second).asked("check a").once();
    }
  }

  @Test
  void keepsConnectionUnlessShellOrPathChanges() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost host = healthy("h1");
      Agent agent = Agent.named("web-01", host);
      kit.agent(agent);
      kit.cycle(Pair.task("a"));
      kit.agent(agent.label("role", "web"));
      kit.cycle();
      assertThat(host.connectionsOpened()).isEqualTo(1);

      kit.agent(agent.label("role", "web").path("/opt/bin"));
      kit.runFor(Duration.ofSeconds(1)); // connections close apart from the caller
      assertThat(host.openConnections()).isZero();
      kit.cycle();
      assertThat(host.connectionsOpened()).isEqualTo(2);
      kit.agent(agent.label("role", "web").path("/opt/bin").defaultShell("/bin/dash"));
      kit.cycle();

      assertThat(host.connectionsOpened()).isEqualTo(3);
      assertThat(host.openConnections()).isEqualTo(1);
    }
  }

  @Test
  void opensNewConnectionWhenTransportChanges() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost first = healthy("same");
      FakeHost second = healthy("same");
      kit.agent(Agent.named("web-01", first));
      kit.cycle(Pair.task("a"));

      kit.agent(Agent.named("web-01", second));
      kit.cycle();

      assertThat(told(kit)).containsExactly("agent_changed web-01");
      assertThat(first.openConnections()).isZero();
      assertThat(second).asked("check a").once();
    }
  }

  @Test
  void closesOnlyConnectionOfAgentThatLeavesAddress() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost host = healthy("shared");
      FakeHost other = healthy("other");
      kit.agent(Agent.named("one", host).sharingAddress());
      kit.agent(Agent.named("two", host).sharingAddress());
      kit.agent(Agent.named("z", other));
      kit.cycle(Pair.task("a"));
      assertThat(host.openConnections()).isEqualTo(2);

      kit.reconciler().remove("one");

      kit.runFor(Duration.ofSeconds(1)); // connections close apart from the caller
      assertThat(host.openConnections()).isEqualTo(1);
      assertThat(other.openConnections()).isEqualTo(1);
      assertThat(kit.cycle().tasks()).hasSize(2);
      assertThat(host.connectionsOpened()).isEqualTo(2);
    }
  }

  @Test
  void waitsForOldApplyWhenAgentReturns() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost host = FakeHost.named("h1");
      host.pair("check a", "fix a").broken().applyTakes(Duration.ofSeconds(20));
      kit.agent(Agent.named("web-01", host));
      FakeHost other = FakeHost.named("h2");
      other.pair("check a", "fix a").healthy();
      kit.agent(Agent.named("web-02", other));
      kit.manifest(Pair.task("a"));
      var run = kit.reconciler().submit(ManualRun.of(Scope.all()));
      kit.runFor(Duration.ofSeconds(5));

      kit.reconciler().remove("web-01");
      kit.reconciler().remove("web-02");
      kit.runFor(Duration.ofSeconds(1)); // connections close apart from the caller
      assertThat(host.openConnections()).isEqualTo(1); // the apply goes on
      assertThat(other.openConnections()).isZero();
      kit.agent(Agent.named("web-01", host));
      var again = kit.reconciler().submit(ManualRun.of(Scope.all()));
      kit.runFor(Duration.ofSeconds(5));
      assertThat(again).isNotDone();
      kit.runFor(Duration.ofSeconds(20));

      assertThat(run.join().task("a").on("web-01")).isCancelled();
      assertThat(again.join().task("a").on("web-01")).isInSync();
      assertThat(host.busiest()).isEqualTo(1);
      assertThat(host.openConnections()).isEqualTo(1);
    }
  }

  @Test
  void refusesContradictoryFleetWithoutAnyChange() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("web-01", healthy("h1")));
      kit.cycle(Pair.task("a"));

      assertThatThrownBy(
              () ->
                  kit.reconciler()
                      .replaceAll(List.of(Agent.named("x"), Agent.named("X"), Agent.named("y"))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("agents: two agents named 'X'");
      assertThat(names(kit)).containsExactly("web-01");
    }
  }
}
