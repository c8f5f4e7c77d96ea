package dev.fluke.tests.incident;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.alert.Alert;
import dev.fluke.command.CommandResult;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which alerts drift causes under each policy: one when it opens, one when it is over. */
@Tag("rule-26")
public class IncidentTest {
  private static final Duration DAY = Duration.ofHours(24);

  private static Task task(DriftPolicy policy) {
    return Pair.builder("a").onDrift(policy).build();
  }

  private static List<String> alerts(FlukeKit kit) {
    return kit.alerts().stream().map(Alert::event).toList();
  }

  private static List<String> incidents(FlukeKit kit) {
    return kit.events().stream()
        .map(event -> event.type())
        .filter(type -> type.startsWith("incident_"))
        .toList();
  }

  private static FakeState drifted(FlukeKit kit) {
    return kit.agent("web-01", Map.of("role", "web")).pair("check a", "fix a").broken();
  }

  @Tag("R25")
  @Tag("W03")
  @Test
  void announcesAnIncidentOnceAndRemindsAfterADay() {
    try (FlukeKit kit = FlukeKit.create()) {
      drifted(kit);
      kit.manifest(task(DriftPolicy.ALERT_ONLY)).start().runFor(DAY.plusHours(1)); // 1,500 cycles

      assertThat(alerts(kit)).containsExactly("drift_detected", "drift_reminder");
      assertThat(kit.alerts().get(0).field("remediation_status")).contains("pending_manual");
      assertThat(kit.alerts()).extracting(Alert::isClosing).containsOnly(false);
      assertThat(kit.hosts().get(0)).ran("fix a").never();
      assertThat(kit.reconciler().status().incidents()).hasSize(1);
      kit.runFor(DAY);
      assertThat(alerts(kit)).hasSize(3).endsWith("drift_reminder");
      assertThat(kit.alerts())
          .extracting(Alert::key)
          .hasSize(3)
          .containsOnly(kit.alerts().get(0).key());
      assertThat(kit.alerts()).extracting(Alert::id).doesNotHaveDuplicates();
    }
  }

  @Tag("R20")
  @Test
  void sendsNoAlertWhenRemediateSucceeds() {
    try (FlukeKit kit = FlukeKit.create()) {
      drifted(kit);
      assertThat(kit.cycle(task(DriftPolicy.REMEDIATE)).task("a").on("web-01")).isRemediated();

      assertThat(alerts(kit)).isEmpty();
      assertThat(incidents(kit)).isEmpty();
      assertThat(kit.events())
          .extracting(event -> event.type())
          .contains("drift_detected", "drift_remediated");
    }
  }

  @Tag("R22")
  @Test
  void alertsBeforeAndAfterAnApplyThatAlerts() {
    try (FlukeKit kit = FlukeKit.create()) {
      drifted(kit);
      kit.cycle(task(DriftPolicy.REMEDIATE_AND_ALERT));

      assertThat(alerts(kit)).containsExactly("drift_detected", "drift_remediated");
      assertThat(kit.alerts().get(0).field("remediation_status")).contains("in_progress");
      assertThat(kit.alerts().get(1).field("outcome")).contains("success");
      assertThat(kit.alerts()).extracting(Alert::isClosing).containsExactly(false, true);
      assertThat(kit.reconciler().status().incidents()).isEmpty();
      assertThat(incidents(kit)).containsExactly("incident_opened", "incident_closed");
    }
  }

  @Tag("X03")
  @Test
  void alertsOnceForAnApplyThatDoesNotConverge() {
    for (DriftPolicy policy : List.of(DriftPolicy.REMEDIATE, DriftPolicy.REMEDIATE_AND_ALERT)) {
      try (FlukeKit kit = FlukeKit.create()) {
        drifted(kit).applyDoesNothing();
        kit.manifest(task(policy)).start().runFor(Duration.ofMinutes(10));

        boolean speaks = policy.alerts();
        assertThat(alerts(kit))
            .isEqualTo(
                speaks
                    ? List.of("drift_detected", "drift_remediated")
                    : List.of("remediation_failed"));
        Alert last = kit.alerts().get(kit.alerts().size() - 1);
        assertThat(last.field("outcome")).contains("not_convergent");
        assertThat(last.isClosing()).isFalse();
        assertThat(kit.hosts().get(0)).ran("fix a").times(4); // at 0, 1, 3 and 7 minutes
      }
    }
  }

  @Test
  void resolvesAFailureThatIsFixedLater() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = drifted(kit).applyFails(3);
      kit.cycle(task(DriftPolicy.REMEDIATE));
      state.applyWorks();
      kit.runFor(Duration.ofMinutes(2));
      kit.cycle();

      assertThat(alerts(kit)).containsExactly("remediation_failed", "remediation_failed_resolved");
      assertThat(kit.alerts().get(0).field("outcome")).contains("failure");
      assertThat(kit.alerts().get(1).isClosing()).isTrue();
    }
  }

  @Tag("W03")
  @Test
  void reopensAnIncidentWhenDriftComesBackSoon() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = drifted(kit);
      kit.cycle(task(DriftPolicy.ALERT_ONLY));
      for (int i = 0; i < 5; i++) {
        kit.runFor(Duration.ofMinutes(1));
        state.healthy();
        kit.cycle();
        kit.runFor(Duration.ofMinutes(9));
        state.broken();
        kit.cycle();
      }
      assertThat(alerts(kit)).containsExactly("drift_detected");
      state.healthy();
      kit.cycle();
      kit.runFor(Duration.ofMinutes(9));
      assertThat(alerts(kit)).hasSize(1);
      assertThat(kit.reconciler().status().incidents()).isEmpty();
      kit.runFor(Duration.ofMinutes(1));

      assertThat(alerts(kit)).containsExactly("drift_detected", "drift_resolved");
      assertThat(kit.alerts().get(1).time()).isBefore(kit.time().now().minusSeconds(599));
      assertThat(incidents(kit)).filteredOn("incident_reopened"::equals).hasSize(5);
      assertThat(incidents(kit)).filteredOn("incident_closed"::equals).hasSize(6);
      state.broken();
      kit.cycle();
      assertThat(alerts(kit)).hasSize(3).endsWith("drift_detected");
    }
  }

  @Tag("W03")
  @Test
  void keepsAnIncidentThroughAnUnknown() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = drifted(kit);
      kit.manifest(task(DriftPolicy.ALERT_ONLY)).start().runFor(Duration.ofMinutes(2));
      state.checkAnswers(75);
      kit.runFor(Duration.ofMinutes(30));
      state.broken();
      kit.runFor(Duration.ofMinutes(2));
      assertThat(alerts(kit)).containsExactly("drift_detected");

      state.healthy();
      kit.runFor(Duration.ofMinutes(2));
      state.checkAnswers(75);
      kit.runFor(Duration.ofMinutes(4));
      state.broken();
      kit.runFor(Duration.ofMinutes(2));
      assertThat(alerts(kit)).as("it came back within ten minutes").hasSize(1);
      state.healthy();
      kit.runFor(Duration.ofMinutes(11));
      assertThat(alerts(kit)).containsExactly("drift_detected", "drift_resolved");
    }
  }

  @Tag("W03")
  @Test
  void keepsAnIncidentWhenTextsVary() {
    try (FlukeKit kit = FlukeKit.create()) {
      int[] pid = {100};
      FakeHost web = kit.agent("web-01", Map.of());
      web.answer("check a", asked -> CommandResult.exited(1).withStderr("pid " + pid[0]++));
      kit.manifest(task(DriftPolicy.ALERT_ONLY)).start().runFor(Duration.ofMinutes(100));

      assertThat(alerts(kit)).containsExactly("drift_detected");
    }
  }

  @Tag("rule-27")
  @Test
  void keepsTheKeyAfterARestart() {
    String[] keys = new String[2];
    for (int i = 0; i < 2; i++) {
      try (FlukeKit kit = FlukeKit.create(i)) {
        drifted(kit);
        kit.agent("web-02", Map.of()).pair("check a", "fix a").broken();
        kit.cycle(task(DriftPolicy.ALERT_ONLY));
        assertThat(kit.alerts()).extracting(Alert::key).doesNotHaveDuplicates();
        keys[i] =
            kit.alerts().stream()
                .filter(alert -> alert.agent().orElse("").equals("web-01"))
                .findFirst()
                .orElseThrow()
                .key();
        assertThat(kit.reconciler().status().incidents())
            .extracting(incident -> incident.key())
            .contains(keys[i]);
      }
    }
    assertThat(keys[0]).isEqualTo(keys[1]).matches("[0-9a-f]{32}");
  }

  @Test
  void opensNoIncidentForFailuresWithoutASink() {
    FakeHost web = FakeHost.named("web-01");
    web.pair("check a", "fix a").broken().applyFails(1);
    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(dev.fluke.agent.Agent.named("web-01", web))
            .manifest(dev.fluke.manifest.Manifest.of(task(DriftPolicy.REMEDIATE)))
            .build()) {
      assertThat(reconciler.cycle().task("a").on("web-01")).isFailed();
      assertThat(reconciler.status().incidents()).isEmpty();
      assertThat(reconciler.status().sinks()).isEmpty();
    }
  }
}
