package dev.fluke.tests.event;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What events say, field by field, and which follow which. */
class EventContentTest {
  private final FlukeKit kit = FlukeKit.create();
  private final FakeHost web = kit.agent("web-01", Map.of("role", "web"));
  private final FakeState state = web.pair("check a", "fix a");

  @AfterEach
  void close() {
    kit.close();
  }

  private List<String> types() {
    return told().stream().map(Event::type).toList();
  }

  /** All but those of incidents, which {@code IncidentTest} holds. */
  private List<Event> told() {
    return kit.events().stream().filter(event -> !event.type().startsWith("incident_")).toList();
  }

  private String last() {
    List<Event> all = told();
    return all.get(all.size() - 1).toJson();
  }

  @Test
  void driftAndItsHealAreTwoEventsWithAllThatIsKnown() {
    state.broken();
    kit.cycle(Pair.task("a"));

    List<String> all = kit.events().stream().map(Event::toJson).toList();
    assertThat(types()).containsExactly("revision_adopted", "drift_detected", "drift_remediated");
    assertThat(all.get(1))
        .isEqualTo(
            "{\"event\":\"drift_detected\",\"timestamp\":\"2025-01-01T00:00:00Z\",\"sequence\":2,"
                + "\"cursor\":\"1735689600000000-000000000002\","
                + "\"agent\":{\"name\":\"web-01\",\"labels\":{\"role\":\"web\"}},\"task\":\"a\","
                + "\"policy\":\"remediate\",\"remediation_status\":\"in_progress\","
                + "\"cause\":\"UNDETERMINED\",\"revision\":\"code-1\",\"cycle\":1,\"run\":\"m5d4ruo0-1\","
                + "\"steps\":[{\"name\":\"step\",\"outcome\":\"DRIFTED\",\"differences\":[\"check"
                + " should be 'exit status 0', is 'exit status 1'\"],\"message\":\"check should be"
                + " 'exit status 0', is 'exit status 1'\"}]}");
    assertThat(all.get(2))
        .contains("\"outcome\":\"APPLIED\"", "\"outcome\":\"success\"", "\"cycle\":1")
        .doesNotContain("remediation_status", "\"message\":\"\"");
  }

  @Test
  void driftThatIsLeftAloneIsToldOnceAndResolvedOnce() {
    state.broken();
    kit.cycle(Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build());
    kit.cycle();
    kit.cycle();
    assertThat(last()).contains("\"remediation_status\":\"pending_manual\"");
    state.healthy();
    kit.cycle();
    kit.cycle();

    assertThat(types())
        .filteredOn(type -> type.startsWith("drift"))
        .containsExactly("drift_detected", "drift_resolved");
    state.broken();
    kit.cycle();
    assertThat(types()).endsWith("drift_detected");
  }

  @Test
  void driftThatIsHeldSaysSo() {
    state.broken().applyFails(1);
    kit.cycle(Pair.task("a"));
    assertThat(last()).contains("\"outcome\":\"failure\"", "\"message\":\"");
    kit.cycle();

    assertThat(last()).contains("\"event\":\"drift_detected\"", "\"remediation_status\":\"held\"");
    assertThat(types().stream().filter(type -> type.equals("drift_remediated"))).hasSize(1);
  }

  @Test
  void notKnowingIsToldWhenItBeginsAndWhenItEnds() {
    state.checkAnswers(75);
    kit.cycle(Pair.task("a"));
    kit.cycle();
    assertThat(last()).contains("\"event\":\"check_unknown\"", "\"outcome\":\"UNKNOWN\"");
    state.healthy();
    kit.cycle();
    kit.cycle();

    assertThat(types())
        .containsExactly("revision_adopted", "check_unknown", "check_unknown_resolved");
  }

  @Test
  void aTaskThatIsSkippedIsTold() {
    state.broken();
    web.locked(true);
    kit.cycle(Pair.task("a"));

    assertThat(types()).contains("task_skipped");
  }

  @Test
  void agentsThatComeChangeAndGoAreTold() {
    state.healthy();
    kit.cycle(Pair.task("a"));
    kit.reconciler().put(Agent.named("billing").label("x", "y"));
    kit.reconciler().put(Agent.named("billing").label("x", "z"));
    assertThat(kit.reconciler().remove("billing")).isTrue();
    assertThat(kit.reconciler().remove("billing")).isFalse();
    assertThat(kit.reconciler().remove("nobody")).isFalse();

    assertThat(kit.events().stream().skip(1).map(Event::toJson))
        .satisfiesExactly(
            added ->
                assertThat(added)
                    .contains("agent_added", "{\"name\":\"billing\",\"labels\":{\"x\":\"y\"}}"),
            changed -> assertThat(changed).contains("agent_changed", "{\"x\":\"z\"}"),
            removed -> assertThat(removed).contains("agent_removed", "\"billing\""));
  }

  @Test
  void aManualRunIsToldWithWhoAskedForWhatAndWhy() {
    state.broken();
    kit.manifest(Pair.task("a"));
    kit.reconciler()
        .reconcile(ManualRun.of(Scope.task("a")).by("ci").onBehalfOf("ann").because("ticket 7"));

    assertThat(kit.events().get(1).toJson())
        .contains(
            "\"event\":\"manual_run\"",
            "\"scope\":\"task a\"",
            "\"actor\":\"ci\",\"on_behalf_of\":\"ann\"",
            "\"reason\":\"ticket 7\"");
    assertThat(last())
        .contains("\"actor\":\"ci\",\"on_behalf_of\":\"ann\"", "\"reason\":\"ticket 7\"");
    kit.reconciler().reconcile(ManualRun.of(Scope.all()));
    assertThat(last()).contains("\"scope\":\"all\"", "\"actor\":\"application\"");
    assertThat(last()).doesNotContain("reason", "on_behalf_of");
  }

  @Test
  void whoSubscribesLateHearsFromThenOnUntilItEnds() throws Exception {
    List<String> heard = new ArrayList<>();
    state.healthy();
    kit.cycle(Pair.task("a"));
    AutoCloseable subscription = kit.reconciler().subscribe(event -> heard.add(event.type()));
    state.broken();
    kit.cycle();
    kit.runFor(Duration.ofSeconds(1));
    assertThat(heard).containsExactly("drift_detected", "drift_remediated");

    subscription.close();
    subscription.close();
    state.broken();
    kit.cycle();
    kit.runFor(Duration.ofSeconds(1));

    assertThat(heard).hasSize(2);
  }

  @Test
  void anUnreachableAgentIsToldWithTheReasonAndWhenItIsBack() {
    web.unreachable("no route");
    kit.cycle(Pair.task("a"));
    kit.cycle();
    assertThat(last()).contains("agent_unreachable", "\"message\":\"no route\"");
    web.reachable();
    state.healthy();
    kit.runFor(Duration.ofMinutes(1));
    kit.cycle();

    assertThat(types())
        .containsExactly("revision_adopted", "agent_unreachable", "agent_unreachable_resolved");
    assertThat(last()).doesNotContain("message");
  }
}
