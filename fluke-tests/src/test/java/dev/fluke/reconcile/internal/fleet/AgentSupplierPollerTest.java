package dev.fluke.reconcile.internal.fleet;

import static dev.fluke.agent.Selector.agent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.testkit.VirtualTime;
import dev.fluke.tests.support.Pair;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Agents that the application supplies: when Fluke asks for them, and which answers count. */
class AgentSupplierPollerTest {
  private static List<String> names(FlukeKit kit) {
    return kit.reconciler().status().agents().stream().map(AgentStatus::name).toList();
  }

  private static FakeHost healthy(String name) {
    FakeHost host = FakeHost.named(name);
    host.pair("check a", "fix a").healthy();
    return host;
  }

  @Tag("rule-24")
  @Test
  void managesSuppliedAgentsFromTheBeginning() {
    VirtualTime time = VirtualTime.seeded(1);
    try (Reconciler reconciler =
        Reconciler.builder()
            .scheduler(time)
            .agents(() -> List.of(Agent.named("a"), Agent.named("b")))
            .manifest(Manifest.empty())
            .build()) {
      assertThat(reconciler.status().agents())
          .extracting(agent -> agent.name())
          .containsExactly("a", "b");
    }
  }

  @Tag("L06")
  @Test
  void keepsFleetUntilHalfOfItIsGoneTwiceInARow() {
    List<Agent> fleet = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      FakeHost host = FakeHost.named("host-" + i);
      host.pair("check a", "fix a").healthy();
      fleet.add(Agent.named("web-0" + i, host));
    }
    var answer = new AtomicReference<List<Agent>>(List.copyOf(fleet));
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.agents(answer::get));
      kit.manifest(Pair.task("a"));
      kit.start();
      kit.runFor(Duration.ofMinutes(2));
      assertThat(kit.reconciler().status().agents()).hasSize(4);

      answer.set(List.of(fleet.get(0)));
      kit.runFor(Duration.ofMinutes(1));
      assertThat(kit.reconciler().status().agents()).hasSize(4);
      kit.runFor(Duration.ofMinutes(1));

      assertThat(kit.reconciler().status().agents()).hasSize(1); // said twice: believed
      assertThat(kit.events()).filteredOn(event -> event.type().equals("agents_kept")).hasSize(1);
    }
  }

  @Tag("L06")
  @Test
  void checksGoOnWhileSupplierThrowsOrHangs() {
    FakeHost web = FakeHost.named("web");
    web.pair("check a", "fix a").healthy();
    List<Agent> fleet = List.of(Agent.named("web-01", web));
    var answer = new AtomicReference<Callable<List<Agent>>>(() -> fleet);
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(
          builder ->
              builder.agents(
                  () -> {
                    try {
                      return answer.get().call();
                    } catch (Exception e) {
                      throw new IllegalStateException("no inventory today", e);
                    }
                  }));
      kit.manifest(Pair.task("a"));
      kit.start();
      answer.set(
          () -> {
            throw new IOException("down");
          });
      kit.runFor(Duration.ofMinutes(3));
      assertThat(kit.events())
          .filteredOn(event -> event.type().equals("agents_kept"))
          .singleElement()
          .extracting(event -> event.field("message").orElse(""))
          .asString()
          .contains("no inventory today");

      answer.set(
          () -> {
            kit.time().sleep(Duration.ofSeconds(60));
            return fleet;
          });
      int asked = web.asked().size();
      kit.runFor(Duration.ofMinutes(10));

      assertThat(web.asked().size() - asked).isBetween(9, 11);
      assertThat(kit.reconciler().status().agents()).hasSize(1);
    }
  }

  @Tag("L06")
  @Test
  void publishesEachFailureOfSupplierOnce() {
    List<Agent> four =
        List.of(
            Agent.named("a", healthy("h1")),
            Agent.named("b", healthy("h2")),
            Agent.named("c", healthy("h3")),
            Agent.named("d", healthy("h4")));
    var answer = new AtomicReference<>(four);
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(
          builder ->
              builder.agents(
                  () -> {
                    if (answer.get().isEmpty()) {
                      throw new IllegalStateException("no inventory");
                    }
                    return answer.get();
                  }));
      kit.manifest(Pair.task("a"));
      assertThat(kit.cycle().tasks()).hasSize(4);
      kit.start();
      answer.set(List.of());
      kit.runFor(Duration.ofMinutes(3));
      assertThat(names(kit)).hasSize(4);

      answer.set(four.subList(0, 2)); // half is believed at once
      kit.runFor(Duration.ofMinutes(1));
      assertThat(names(kit)).containsExactly("a", "b");
      answer.set(List.of(Agent.named("e", healthy("h5"))));
      kit.runFor(Duration.ofMinutes(1));

      assertThat(kit.events())
          .filteredOn(event -> event.type().equals("agents_kept"))
          .extracting((Event event) -> event.field("message").orElse(""))
          .containsExactly(
              "IllegalStateException: no inventory", "the supplier of agents lost 2 of 2");
    }
  }
}
