package dev.fluke.tests.fleet;

import static dev.fluke.agent.Selector.agent;
import static dev.fluke.agent.Selector.label;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
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

/** Agents come, change and go. */
class FleetTest {

  @Tag("L01")
  @Test
  void aSelectorThatMatchesNobodyIsSaidOnce() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
      kit.manifest(Task.named("a").on(agent("nobody")).step("s", Pair.of("a")).build());

      for (int i = 0; i < 10; i++) {
        kit.cycle();
      }

      assertThat(kit.events())
          .filteredOn(event -> event.type().equals("warning"))
          .extracting(event -> event.field("message").orElse(""))
          .containsExactly("task 'a': its selector matches no agent: agent nobody");
    }
  }

  @Tag("L02")
  @Test
  void aKeyThatNoAgentHasIsAWarningWithTheNearOne() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of("role", "web"));
      kit.manifest(Task.named("a").on(label("roel").absent()).step("s", Pair.of("a")).build());

      assertThat(kit.reconciler().status().warnings()).isEmpty();
      kit.cycle();

      assertThat(kit.reconciler().status().warnings())
          .containsExactly("task 'a': no agent has a label 'roel'; did you mean 'role'?");
    }
  }

  @Tag("L04")
  @Tag("rule-8")
  @Test
  void agentsOfOneNameOrOneAddressAreRefusedAtOnce() {
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
  void anAgentThatIsRemovedInMidCycleIsCancelledAndItsConnectionClosed() {
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
  void aTaskThatGoesOrChangesInMidCycleIsSuperseded() {
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

  @Tag("L06")
  @Test
  void aSupplierOfAgentsThatFailsOrLosesHalfTheFleetChangesNothing() {
    List<Agent> fleet = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      FakeHost host = FakeHost.named("host-" + i);
      host.pair("check a", "fix a").healthy();
      fleet.add(Agent.named("web-0" + i, host));
    }
    var answer = new java.util.concurrent.atomic.AtomicReference<List<Agent>>(List.copyOf(fleet));
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
  void aSupplierOfAgentsThatThrowsOrHangsHoldsNobodyUp() {
    FakeHost web = FakeHost.named("web");
    web.pair("check a", "fix a").healthy();
    List<Agent> fleet = List.of(Agent.named("web-01", web));
    var answer =
        new java.util.concurrent.atomic.AtomicReference<java.util.concurrent.Callable<List<Agent>>>(
            () -> fleet);
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
            throw new java.io.IOException("down");
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
}
