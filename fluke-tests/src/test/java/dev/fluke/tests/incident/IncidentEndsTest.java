package dev.fluke.tests.incident;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.alert.Alert;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What ends an incident, what does not, and what opens after it. */
@Tag("rule-26")
class IncidentEndsTest {

  private static Task task(String name, DriftPolicy policy) {
    return Pair.builder(name).onDrift(policy).build();
  }

  private static List<String> alerts(FlukeKit kit) {
    return kit.alerts().stream().map(Alert::event).toList();
  }

  private static FakeState drifted(FlukeKit kit) {
    return kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
  }

  @Test
  void opensItsOwnIncidentWhenUnknownFollowsAFix() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = drifted(kit);
      kit.manifest(task("a", DriftPolicy.ALERT_ONLY)).start().runFor(Duration.ofMinutes(2));
      state.healthy();
      kit.runFor(Duration.ofMinutes(2));
      state.checkAnswers(75);
      kit.runFor(Duration.ofMinutes(4));
      assertThat(alerts(kit)).containsExactly("drift_detected");
      kit.runFor(Duration.ofHours(2));

      assertThat(alerts(kit)).containsExactly("drift_detected", "drift_resolved", "check_unknown");
      assertThat(kit.reconciler().status().incidents())
          .extracting(incident -> incident.about())
          .containsExactly("check_unknown");
      state.healthy();
      kit.runFor(Duration.ofMinutes(2));
      assertThat(alerts(kit)).hasSize(4).endsWith("check_unknown_resolved");
    }
  }

  private static FlukeKit withAnAgentInABlackHole() {
    FlukeKit kit = FlukeKit.create();
    FakeHost web = kit.agent("web-01", Map.of());
    web.pair("check a", "fix a").healthy();
    web.blackHole(); // a try takes 25 s
    kit.manifest(Pair.task("a")).start();
    while (!alerts(kit).equals(List.of("agent_unreachable"))) {
      kit.runFor(Duration.ofMinutes(1));
    }
    int tries = web.connectionsTried();
    while (web.connectionsTried() == tries) {
      kit.runFor(Duration.ofSeconds(1));
    }
    return kit;
  }

  private static List<String> reachability(FlukeKit kit) {
    return kit.events().stream()
        .map(event -> event.type())
        .filter(type -> type.startsWith("agent_unreachable"))
        .toList();
  }

  @Test
  void staysUnreachableWhenATaskChangesDuringATry() {
    try (FlukeKit kit = withAnAgentInABlackHole()) {
      kit.manifest(Pair.builder("a").step("more", Pair.of("b")).build());
      kit.reconciler().pollNow();
      kit.runFor(Duration.ofMinutes(30));

      assertThat(alerts(kit)).containsExactly("agent_unreachable");
      assertThat(reachability(kit)).containsExactly("agent_unreachable");
    }
  }

  @Tag("rule-31")
  @Test
  void staysUnreachableWhenClosedDuringATry() {
    try (FlukeKit kit = withAnAgentInABlackHole()) {
      kit.reconciler().close();

      assertThat(alerts(kit)).containsExactly("agent_unreachable");
      assertThat(reachability(kit)).containsExactly("agent_unreachable");
    }
  }

  @Test
  void resolvesUnreachableWhenNoTaskIsLeft() {
    try (FlukeKit kit = withAnAgentInABlackHole()) {
      kit.manifest(task("other", DriftPolicy.REMEDIATE));
      kit.runFor(Duration.ofMinutes(5));
      assertThat(alerts(kit)).containsExactly("agent_unreachable");
      kit.agent(Agent.named("web-02"));
      kit.manifest(
          Task.named("other")
              .on(Selector.label("role").is("db"))
              .step("step", Pair.of("other"))
              .build());
      kit.runFor(Duration.ofMinutes(5));

      assertThat(alerts(kit)).containsExactly("agent_unreachable", "agent_unreachable_resolved");
      assertThat(kit.alerts().get(1).field("message"))
          .contains("no task is declared for this agent any more");
      assertThat(kit.reconciler().status().incidents()).isEmpty();
    }
  }

  @Tag("rule-23")
  @Test
  void keepsIncidentsOfTasksThatANewerRevisionDeclares() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyTakes(Duration.ofSeconds(30));
      web.pair("check b", "fix b").healthy();
      web.pair("check c", "fix c").broken().applyFails(1);
      kit.manifest(Pair.task("a"), Pair.task("b"));
      kit.reconciler().checkNow();
      kit.runFor(Duration.ofSeconds(10));
      kit.manifest(Pair.task("a"), Pair.task("b"), Pair.task("c"));
      var byHand = kit.reconciler().submit(ManualRun.of(Scope.task("c")));
      kit.runFor(Duration.ofMinutes(1));

      assertThat(byHand.join().task("c").on("web-01")).isFailed();
      assertThat(alerts(kit)).containsExactly("remediation_failed");
      assertThat(kit.reconciler().status().incidents()).hasSize(1);
    }
  }

  @Test
  void countsAgainAfterATaskWasRemovedForAWhile() {
    try (FlukeKit kit = FlukeKit.create()) {
      drifted(kit).checkAnswers(75);
      kit.hosts().get(0).pair("check b", "fix b").healthy();
      kit.cycle(Pair.task("a"));
      kit.cycle();
      kit.cycle(Pair.task("b"));
      kit.runFor(Duration.ofDays(7));
      kit.cycle(Pair.task("a"));
      kit.cycle();
      assertThat(alerts(kit)).isEmpty();
      kit.runFor(Duration.ofMinutes(5));
      kit.cycle();

      assertThat(alerts(kit)).containsExactly("check_unknown");
    }
  }

  @Test
  void opensANewIncidentWhenAnAgentComesBack() {
    try (FlukeKit kit = FlukeKit.create()) {
      drifted(kit);
      kit.cycle(task("a", DriftPolicy.ALERT_ONLY));
      String key = kit.alerts().get(0).key();
      Agent web = Agent.named("web-01", kit.hosts().get(0));
      kit.reconciler().remove("web-01");
      kit.reconciler().put(web);
      assertThat(alerts(kit)).containsExactly("drift_detected", "drift_resolved");
      kit.cycle();
      kit.reconciler().put(web.label("role", "db"));
      kit.cycle();

      assertThat(alerts(kit)).containsExactly("drift_detected", "drift_resolved", "drift_detected");
      assertThat(kit.alerts()).extracting(Alert::key).containsOnly(key);
      kit.runFor(Duration.ofHours(25));
      assertThat(alerts(kit)).as("one reminder, of the new one").hasSize(4);
    }
  }

  @Test
  void opensNoIncidentForARemovedAgent() {
    try (FlukeKit kit = FlukeKit.create()) {
      drifted(kit).applyFails(1).applyTakes(Duration.ofSeconds(20));
      kit.manifest(Pair.task("a"));
      kit.reconciler().checkNow();
      kit.runFor(Duration.ofSeconds(10));
      kit.reconciler().remove("web-01");
      kit.runFor(Duration.ofMinutes(1));

      assertThat(alerts(kit)).isEmpty();
      assertThat(kit.reconciler().status().incidents()).isEmpty();
    }
  }

  @Test
  void aTaskOfAnotherNameIsAnotherIncident() {
    try (FlukeKit kit = FlukeKit.create()) {
      drifted(kit);
      kit.cycle(task("a", DriftPolicy.ALERT_ONLY));
      for (String name : List.of("A", "renamed")) {
        Task renamed =
            Task.named(name)
                .on(Selector.everyAgent())
                .onDrift(DriftPolicy.ALERT_ONLY)
                .step("step", Pair.of("a"))
                .build();
        kit.cycle(renamed);
        kit.cycle();
      }

      assertThat(alerts(kit))
          .containsExactly(
              "drift_detected",
              "drift_resolved",
              "drift_detected",
              "drift_resolved",
              "drift_detected");
      assertThat(kit.alerts().stream().map(Alert::key).distinct()).hasSize(3);
      assertThat(kit.alerts().get(3).task()).contains("A");
      assertThat(kit.reconciler().status().incidents())
          .extracting(incident -> incident.task().orElse(""))
          .containsExactly("renamed");
    }
  }

  @Tag("E6")
  @Test
  void policiesThatChangeInAnIncidentSpeakAndKeepSilentFromThenOn() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = drifted(kit).applyFails(1);
      kit.cycle(task("a", DriftPolicy.REMEDIATE));
      assertThat(alerts(kit)).containsExactly("remediation_failed");
      kit.cycle(task("a", DriftPolicy.ALERT_ONLY));
      kit.cycle();
      assertThat(alerts(kit)).as("announced once").hasSize(1);
      state.applyWorks();
      kit.runFor(Duration.ofMinutes(2));
      kit.cycle(task("a", DriftPolicy.REMEDIATE_AND_ALERT));
      assertThat(alerts(kit)).containsExactly("remediation_failed", "remediation_failed_resolved");
      state.broken();
      kit.cycle(task("a", DriftPolicy.ALERT_ONLY));
      assertThat(alerts(kit)).hasSize(3);
      kit.cycle(task("a", DriftPolicy.REMEDIATE));
      kit.runFor(Duration.ofMinutes(11));
      assertThat(kit.reconciler().status().incidents()).isEmpty();
      int before = alerts(kit).size();
      state.broken();
      kit.cycle();

      assertThat(alerts(kit)).as("healed in silence").hasSize(before);
    }
  }
}
