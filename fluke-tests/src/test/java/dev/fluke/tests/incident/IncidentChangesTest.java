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
import dev.fluke.source.ManifestSource.News;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.source.ScriptedSource;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Open incidents while policies, manifests, agents or sources change, or somebody acts. */
@Tag("rule-26")
class IncidentChangesTest {

  private static Task task(DriftPolicy policy) {
    return Pair.builder("a").onDrift(policy).build();
  }

  private static List<String> alerts(FlukeKit kit) {
    return kit.alerts().stream().map(Alert::event).toList();
  }

  private static Alert last(FlukeKit kit) {
    return kit.alerts().get(kit.alerts().size() - 1);
  }

  private static FakeState drifted(FlukeKit kit) {
    return kit.agent("web-01", Map.of("role", "web")).pair("check a", "fix a").broken();
  }

  @Tag("R26")
  @Tag("R38")
  @Test
  void namesTheCommandThenTheActorAndReasonOfTheRun() {
    try (FlukeKit kit = FlukeKit.create()) {
      drifted(kit);
      kit.cycle(task(DriftPolicy.ALERT_ONLY));
      assertThat(last(kit).field("command")).contains("fluke reconcile task a on web-01");
      kit.reconciler()
          .reconcile(ManualRun.of(Scope.task("a").on("web-01")).by("ann").because("approved"));

      assertThat(alerts(kit)).containsExactly("drift_detected", "drift_remediated");
      assertThat(last(kit).field("actor")).contains("ann");
      assertThat(last(kit).field("reason")).contains("approved");
      assertThat(last(kit).field("outcome")).contains("success");
      assertThat(last(kit).field("command")).isEmpty();
      assertThat(last(kit).key()).isEqualTo(kit.alerts().get(0).key());
      assertThat(kit.hosts().get(0)).ran("fix a").times(1);
    }
  }

  @Test
  void alertsAgainWhenAManualFixBreaks() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = drifted(kit);
      kit.cycle(task(DriftPolicy.ALERT_ONLY));
      kit.reconciler().reconcile(Scope.task("a"));
      state.broken();
      kit.cycle();
      kit.cycle();

      assertThat(alerts(kit))
          .containsExactly("drift_detected", "drift_remediated", "drift_detected");
    }
  }

  @Test
  void alertsOfEachFailedRunAfterAHeal() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = drifted(kit);
      kit.cycle(task(DriftPolicy.ALERT_ONLY));
      for (int i = 0; i < 2; i++) {
        state.broken().applyFails(1);
        kit.reconciler().reconcile(Scope.task("a"));
        assertThat(last(kit).field("outcome")).contains("failure");
        state.applyWorks();
        kit.reconciler().reconcile(Scope.task("a"));
        assertThat(last(kit).field("outcome")).contains("success");
        state.broken();
        kit.cycle();
        assertThat(last(kit).event()).isEqualTo("drift_detected");
      }

      assertThat(alerts(kit)).hasSize(7);
      assertThat(kit.reconciler().status().incidents()).hasSize(1);
    }
  }

  @Test
  void announcesEndOnceThoughAgentIsRemovedInMidApply() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = drifted(kit);
      kit.cycle(task(DriftPolicy.REMEDIATE_AND_ALERT));
      state.broken().applyTakes(Duration.ofSeconds(90));
      kit.reconciler().checkNow();
      kit.runFor(Duration.ofMinutes(1));

      kit.reconciler().remove("web-01");
      kit.runFor(Duration.ofMinutes(30));

      assertThat(alerts(kit)).containsExactly("drift_detected", "drift_remediated");
      assertThat(kit.reconciler().status().incidents()).isEmpty();
    }
  }

  @Test
  void opensNoIncidentForATaskThatLeftDuringItsCheck() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      web.pair("check b", "fix b").healthy().checkTakes(Duration.ofSeconds(3));
      kit.manifest(task(DriftPolicy.ALERT_ONLY), Pair.task("b"));
      kit.reconciler().checkNow();
      kit.runFor(Duration.ofSeconds(1));
      kit.manifest(Pair.task("b"));
      kit.reconciler().pollNow();

      kit.runFor(Duration.ofMinutes(30));

      assertThat(kit.reconciler().status().incidents()).isEmpty();
      assertThat(alerts(kit)).doesNotContain("drift_reminder");
    }
  }

  @Test
  void alertsOnceForRepeatedDriftAndAtOnceForAFailure() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = drifted(kit);
      kit.cycle(task(DriftPolicy.REMEDIATE_AND_ALERT));
      for (int i = 0; i < 5; i++) {
        kit.runFor(Duration.ofMinutes(5));
        state.broken();
        kit.cycle();
      }
      assertThat(alerts(kit)).containsExactly("drift_detected", "drift_remediated");
      state.broken().applyFails(1);
      kit.cycle();

      assertThat(alerts(kit)).hasSize(3).endsWith("drift_remediated");
      assertThat(last(kit).field("outcome")).contains("failure");
      assertThat(kit.reconciler().status().incidents()).hasSize(1);
    }
  }

  @Tag("E6")
  @Test
  void appliesANewPolicyToAnOpenIncident() {
    try (FlukeKit kit = FlukeKit.create()) {
      drifted(kit);
      kit.cycle(task(DriftPolicy.ALERT_ONLY));
      assertThat(kit.cycle(task(DriftPolicy.REMEDIATE)).task("a").on("web-01")).isRemediated();

      assertThat(alerts(kit)).containsExactly("drift_detected", "drift_remediated");
    }
  }

  @Tag("E31")
  @Test
  void closesIncidentsOfATaskThatIsRemovedOrMoved() {
    try (FlukeKit kit = FlukeKit.create()) {
      drifted(kit);
      kit.hosts().get(0).pair("check b", "fix b").healthy();
      Task forDb =
          Task.named("a")
              .on(Selector.label("role").is("db"))
              .onDrift(DriftPolicy.ALERT_ONLY)
              .step("step", Pair.of("a"))
              .build();
      for (Task next : List.of(Pair.task("b"), forDb)) {
        kit.cycle(task(DriftPolicy.ALERT_ONLY));
        assertThat(alerts(kit)).endsWith("drift_detected");
        kit.cycle(next);
        assertThat(alerts(kit)).endsWith("drift_detected", "drift_resolved");
        assertThat(last(kit).field("message"))
            .contains("the task is not declared for this agent any more");
        assertThat(kit.reconciler().status().incidents()).isEmpty();
      }
    }
  }

  @Test
  void closesIncidentsOfARemovedAgent() {
    try (FlukeKit kit = FlukeKit.create()) {
      drifted(kit);
      kit.agent("web-02", Map.of()).pair("check a", "fix a").broken();
      kit.cycle(task(DriftPolicy.ALERT_ONLY));
      assertThat(alerts(kit)).containsExactly("drift_detected", "drift_detected");
      kit.reconciler().remove("web-01");

      assertThat(alerts(kit)).containsExactly("drift_detected", "drift_detected", "drift_resolved");
      assertThat(last(kit).agent()).contains("web-01");
      assertThat(last(kit).field("message")).contains("the agent was removed");
      assertThat(kit.reconciler().status().incidents())
          .extracting(incident -> incident.agent().orElse(""))
          .containsExactly("web-02");
    }
  }

  @Test
  void alertsWhenAnUnknownCheckLasts() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = drifted(kit).checkAnswers(75);
      kit.cycle(task(DriftPolicy.REMEDIATE));
      kit.runFor(Duration.ofMinutes(6));
      kit.cycle();
      assertThat(alerts(kit)).as("two looks").isEmpty();
      kit.cycle();
      assertThat(alerts(kit)).containsExactly("check_unknown");
      kit.cycle();
      state.healthy();
      kit.cycle();

      assertThat(alerts(kit)).containsExactly("check_unknown", "check_unknown_resolved");
      state.checkAnswers(75);
      for (int i = 0; i < 4; i++) {
        kit.runFor(Duration.ofSeconds(90));
        kit.cycle();
      }
      assertThat(alerts(kit)).as("not 5 minutes").hasSize(2);
      state.broken();
      kit.cycle(task(DriftPolicy.ALERT_ONLY));
      assertThat(alerts(kit)).endsWith("check_unknown_resolved", "drift_detected");
    }
  }

  @Test
  void alertsOnceForAllTasksOfAnUnreachableAgent() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      web.pair("check b", "fix b").healthy();
      web.unreachable("no route");
      kit.manifest(Pair.task("a"), Pair.task("b")).start().runFor(Duration.ofMinutes(4));
      assertThat(alerts(kit)).isEmpty();
      kit.runFor(Duration.ofMinutes(30));
      assertThat(alerts(kit)).containsExactly("agent_unreachable");
      assertThat(last(kit).field("message").orElse("")).contains("no route");
      assertThat(last(kit).task()).isEmpty();
      web.reachable();
      kit.runFor(Duration.ofMinutes(6));

      assertThat(alerts(kit)).containsExactly("agent_unreachable", "agent_unreachable_resolved");
      assertThat(last(kit).isClosing()).isTrue();
    }
  }

  @Test
  void alertsForEachBrokenRevisionAndWhenFixed() {
    try (FlukeKit kit = FlukeKit.create()) {
      ScriptedSource source = new ScriptedSource("infra").has("1", Pair.task("a"));
      kit.agent(Agent.named("api"));
      kit.source(source).cycle();
      source.says(() -> new News.Broken("2", List.of("web.fluke.yaml:1:1: is empty")));
      kit.cycle();
      kit.cycle();
      assertThat(alerts(kit)).containsExactly("source_broken");
      assertThat(last(kit).toJson())
          .contains("\"source\":\"infra\",\"revision\":\"2\",\"errors\":[\"web.fluke.yaml:1:1");
      source.says(() -> new News.Broken("3", List.of("web.fluke.yaml:1:1: is empty")));
      kit.cycle();
      source.has("4", Pair.task("a"));
      kit.cycle();

      assertThat(alerts(kit))
          .containsExactly("source_broken", "source_broken", "source_broken_resolved");
      assertThat(kit.alerts()).extracting(Alert::key).containsOnly(last(kit).key());
      assertThat(last(kit).field("revision")).contains("4");
    }
  }
}
