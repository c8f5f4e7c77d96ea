package dev.fluke.tests.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.alert.Alert;
import dev.fluke.executor.CheckResult;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.report.FleetStatus.IncidentStatus;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Later;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Incidents on a lane where a call ignores its interrupt. */
@Tag("rule-20")
@Tag("rule-26")
class StuckIncidentTest {
  private final FlukeKit kit = FlukeKit.create();
  private final CompletableFuture<Void> letGo = new CompletableFuture<>();
  private final Task drifts =
      Task.named("drifts")
          .on(Selector.label("role").is("web"))
          .onDrift(DriftPolicy.ALERT_ONLY)
          .step("step", Doing.check(host -> CheckResult.drifted("it", "good", "bad")))
          .build();
  private boolean hangs;
  private final Task hanging =
      Doing.check(
              host -> {
                if (hangs) {
                  Later.awaitStubbornly(kit, letGo);
                }
                return CheckResult.inSync();
              })
          .task("hangs");

  @BeforeEach
  void runForAWhile() {
    kit.agent(Agent.named("web-01").label("role", "web")).manifest(drifts, hanging);
    kit.start().runFor(Duration.ofMinutes(10));
  }

  @AfterEach
  void close() {
    letGo.complete(null);
    kit.close();
  }

  private void hang() {
    hangs = true;
    kit.runFor(Duration.ofMinutes(10));
  }

  private List<String> alerts() {
    return kit.alerts().stream().map(Alert::event).toList();
  }

  @Test
  void opensIncidentUntilCallReturns() {
    hang();
    assertThat(kit.reconciler().status().incidents())
        .extracting(IncidentStatus::about)
        .containsExactly("drift_detected", "agent_stuck");
    assertThat(alerts()).containsExactly("drift_detected", "agent_stuck");
    assertThat(kit.alerts().get(1).field("message"))
        .contains("the check of step 'step' of task 'hangs' ignores its interrupt");

    hangs = false;
    letGo.complete(null);
    kit.runFor(Duration.ofMinutes(1));

    assertThat(alerts()).containsExactly("drift_detected", "agent_stuck", "agent_stuck_resolved");
    assertThat(kit.reconciler().status().incidents())
        .extracting(IncidentStatus::about)
        .containsExactly("drift_detected");
  }

  @Test
  void closesIncidentOfTaskThatLeavesTheManifest() {
    hang();

    kit.manifest(hanging).runFor(Duration.ofDays(3));

    assertThat(alerts()).contains("drift_resolved").doesNotContain("drift_reminder");
    assertThat(kit.reconciler().status().incidents())
        .extracting(IncidentStatus::about)
        .containsExactly("agent_stuck");
  }

  @Test
  void closesIncidentOfTaskThatSelectsTheAgentNoMore() {
    hang();

    kit.reconciler().put(Agent.named("web-01").label("role", "db"));
    kit.runFor(Duration.ofDays(3));

    assertThat(alerts()).contains("drift_resolved").doesNotContain("drift_reminder");
  }

  @Test
  void closesAllIncidentsOfRemovedAgent() {
    hang();

    kit.reconciler().remove("web-01");
    kit.runFor(Duration.ofDays(3));

    assertThat(alerts()).contains("drift_resolved", "agent_stuck_resolved");
    assertThat(alerts()).doesNotContain("drift_reminder");
    assertThat(kit.reconciler().status().incidents()).isEmpty();
  }
}
