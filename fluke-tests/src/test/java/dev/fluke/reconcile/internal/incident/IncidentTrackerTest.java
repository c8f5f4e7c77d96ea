package dev.fluke.reconcile.internal.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.alert.Alert;
import dev.fluke.event.EventTypes;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.CycleReport;
import dev.fluke.report.EndedTask;
import dev.fluke.report.FleetStatus.IncidentStatus;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncidentTrackerTest {
  private static final Agent WEB = Agent.named("web");

  private final AlertFixture fixture = new AlertFixture();
  private final IncidentTracker tracker =
      new IncidentTracker(fixture.time, fixture.dispatcher, task -> "infra");

  @AfterEach
  void close() {
    fixture.close();
  }

  private static EndedTask task(Outcome outcome, DriftPolicy policy, boolean applied) {
    return new EndedTask(
        WEB,
        TaskReport.of(
            "web",
            new TaskReport.Declared("a", policy, "c1"),
            new TaskReport.End(outcome, "", Optional.empty()),
            List.of()),
        applied,
        "pending_manual",
        1,
        CycleReport.Request.NONE);
  }

  private void ended(Outcome outcome, DriftPolicy policy) {
    tracker.ended(task(outcome, policy, false));
  }

  /** Three times in five minutes. */
  private void lasting(Runnable failure) {
    for (int i = 0; i < 3; i++) {
      failure.run();
      fixture.time.runFor(Duration.ofSeconds(150));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DRIFTED, ALERT_ONLY, drift_detected",
    "DRIFTED, REMEDIATE, ",
    "FAILED, REMEDIATE, remediation_failed",
    "NON_CONVERGENT, REMEDIATE, remediation_failed",
    "FAILED, REMEDIATE_AND_ALERT, drift_remediated",
    "IN_SYNC, ALERT_ONLY, ",
    "SKIPPED, ALERT_ONLY, ",
    "UNREACHABLE, ALERT_ONLY, ",
    "CANCELLED, ALERT_ONLY, ",
  })
  void alertsAsOutcomeAndPolicyDemand(Outcome outcome, DriftPolicy policy, String alert) {
    ended(outcome, policy);

    assertThat(fixture.alerted()).isEqualTo(alert == null ? List.of() : List.of(alert));
    assertThat(tracker.status()).hasSize(alert == null ? 0 : 1);
  }

  @Test
  void alertsOnceWhileDriftLasts() {
    ended(Outcome.DRIFTED, DriftPolicy.ALERT_ONLY);
    ended(Outcome.DRIFTED, DriftPolicy.ALERT_ONLY);
    ended(Outcome.UNKNOWN, DriftPolicy.ALERT_ONLY);

    assertThat(fixture.alerted()).containsExactly(EventTypes.DRIFT_DETECTED);
  }

  @Test
  void alertsOfUnknownOnlyWhenItLasts() {
    ended(Outcome.UNKNOWN, DriftPolicy.REMEDIATE);
    ended(Outcome.IN_SYNC, DriftPolicy.REMEDIATE);
    assertThat(fixture.alerted()).isEmpty();

    lasting(() -> ended(Outcome.UNKNOWN, DriftPolicy.REMEDIATE));
    ended(Outcome.IN_SYNC, DriftPolicy.REMEDIATE);

    assertThat(fixture.alerted())
        .containsExactly(EventTypes.CHECK_UNKNOWN, EventTypes.CHECK_UNKNOWN_RESOLVED);
  }

  @Test
  void alertsOfUnreachableAgentUntilItIsReached() {
    lasting(() -> tracker.unreachable(WEB, "no route"));
    tracker.unreachable(WEB, "no route");
    tracker.reached(WEB);

    assertThat(fixture.alerted())
        .containsExactly(EventTypes.AGENT_UNREACHABLE, EventTypes.AGENT_UNREACHABLE_RESOLVED);
    assertThat(fixture.alerts.get(0).field("message")).contains("no route");
  }

  @Test
  void alertsOfEachBrokenRevisionAndThenOfAGoodOne() {
    tracker.sourceBroken("infra", "c1", List.of("x"));
    tracker.sourceBroken("infra", "c2", List.of("y"));
    fixture.settle();
    tracker.sourceGood("infra", "c3");
    tracker.sourceGood("infra", "c4");

    assertThat(fixture.alerted())
        .containsExactly(
            EventTypes.SOURCE_BROKEN, EventTypes.SOURCE_BROKEN, EventTypes.SOURCE_BROKEN_RESOLVED);
    assertThat(fixture.alerts).extracting(Alert::key).containsOnly(fixture.alerts.get(0).key());
  }

  @Test
  void closesIncidentsOfRemovedAgent() {
    ended(Outcome.DRIFTED, DriftPolicy.ALERT_ONLY);
    fixture.settle();

    tracker.agentGone("web");

    assertThat(tracker.status()).isEmpty();
    assertThat(fixture.alerted())
        .containsExactly(EventTypes.DRIFT_DETECTED, EventTypes.DRIFT_RESOLVED);
    assertThat(fixture.alerts.get(1).field("message")).contains("the agent was removed");
  }

  @Test
  void closesIncidentsOfTasksThatAreNotDeclared() {
    ended(Outcome.DRIFTED, DriftPolicy.ALERT_ONLY);
    fixture.settle();
    tracker.closeOrphans("web", "a"::equals);
    assertThat(tracker.status()).hasSize(1);

    tracker.closeOrphans("web", "b"::equals);

    assertThat(fixture.alerted()).hasSize(2);
    assertThat(fixture.alerts.get(1).field("message"))
        .contains("the task is not declared for this agent any more");
  }

  @Test
  void announcesDriftBeforeItsApplyIfPolicyAlerts() {
    tracker.applying(task(Outcome.DRIFTED, DriftPolicy.REMEDIATE, false));
    assertThat(fixture.alerted()).isEmpty();

    tracker.applying(task(Outcome.DRIFTED, DriftPolicy.REMEDIATE_AND_ALERT, false));
    fixture.settle();
    tracker.ended(task(Outcome.REMEDIATED, DriftPolicy.REMEDIATE_AND_ALERT, true));

    assertThat(fixture.alerted())
        .containsExactly(EventTypes.DRIFT_DETECTED, EventTypes.DRIFT_REMEDIATED);
    assertThat(fixture.alerts.get(0).field("remediation_status")).contains("in_progress");
  }

  @Test
  void alertsOfEachFailureAfterAHeal() {
    ended(Outcome.DRIFTED, DriftPolicy.ALERT_ONLY);
    for (int i = 0; i < 2; i++) {
      tracker.ended(task(Outcome.FAILED, DriftPolicy.ALERT_ONLY, true));
      tracker.ended(task(Outcome.REMEDIATED, DriftPolicy.ALERT_ONLY, true));
      ended(Outcome.DRIFTED, DriftPolicy.ALERT_ONLY);
    }

    assertThat(fixture.alerted())
        .containsExactly(
            EventTypes.DRIFT_DETECTED,
            EventTypes.DRIFT_REMEDIATED,
            EventTypes.DRIFT_REMEDIATED,
            EventTypes.DRIFT_DETECTED,
            EventTypes.DRIFT_REMEDIATED,
            EventTypes.DRIFT_REMEDIATED,
            EventTypes.DRIFT_DETECTED);
    assertThat(fixture.alerts)
        .extracting(alert -> alert.field("outcome").orElse(""))
        .containsExactly("", "failure", "success", "", "failure", "success", "");
  }

  @Test
  void alertsOfStuckAgentUntilItIsFreed() {
    tracker.agentStuck(WEB, "a check of step 's' of task 'a'");
    tracker.agentStuck(WEB, "another");
    tracker.closeOrphans("web", task -> false);
    assertThat(tracker.status())
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.about()).isEqualTo(EventTypes.AGENT_STUCK);
              assertThat(status.agent()).contains("web");
              assertThat(status.task()).isEmpty();
            });
    fixture.settle();

    tracker.agentFreed(WEB);
    tracker.agentFreed(WEB);

    assertThat(fixture.alerted())
        .containsExactly(EventTypes.AGENT_STUCK, EventTypes.AGENT_STUCK_RESOLVED);
    assertThat(fixture.alerts.get(0).field("message"))
        .contains("a check of step 's' of task 'a' ignores its interrupt");
    assertThat(tracker.status()).isEmpty();
  }

  @Test
  void keepsStuckAndUnreachableIncidentsOfAnAgentApart() {
    lasting(() -> tracker.unreachable(WEB, ""));
    tracker.agentStuck(WEB, "a check");
    fixture.settle();
    assertThat(fixture.alerts).hasSize(2).extracting(Alert::key).doesNotHaveDuplicates();

    tracker.reached(WEB);

    assertThat(tracker.status()).extracting(IncidentStatus::about).containsExactly("agent_stuck");
    tracker.agentGone("web");
    assertThat(tracker.status()).isEmpty();
  }

  @Test
  void opensNothingForAgentThatIsGone() {
    tracker.unless(() -> true, () -> ended(Outcome.DRIFTED, DriftPolicy.ALERT_ONLY));
    assertThat(tracker.status()).isEmpty();

    tracker.unless(() -> false, () -> ended(Outcome.DRIFTED, DriftPolicy.ALERT_ONLY));
    assertThat(tracker.status()).hasSize(1);
  }
}
