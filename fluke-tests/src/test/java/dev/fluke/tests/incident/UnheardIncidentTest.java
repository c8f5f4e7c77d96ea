package dev.fluke.tests.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertRejectedException;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.alert.Receiver;
import dev.fluke.tests.support.Pair;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An incident that ends before a sink sent its first alert causes no alert at that sink. */
@Tag("rule-27")
@Tag("W02")
class UnheardIncidentTest {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private static Task task(DriftPolicy policy) {
    return Pair.builder("a").onDrift(policy).build();
  }

  private static FakeState broken(FlukeKit kit) {
    return kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
  }

  private static void heals(FlukeKit kit, FakeState state) {
    state.healthy();
    kit.cycle();
    kit.runFor(TEN_MINUTES);
  }

  @Test
  void sendsNothingOfAnIncidentThatEndedUnsent() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = Receiver.of(kit).isDown();
      FakeState state = broken(kit);
      kit.cycle(task(DriftPolicy.ALERT_ONLY));
      kit.runFor(Duration.ofHours(25));
      assertThat(Receiver.status(kit).pending()).as("and a reminder").isEqualTo(2);
      heals(kit, state);

      assertThat(Receiver.status(kit).pending()).isZero();
      int tries = receiver.tried().size();
      receiver.works();
      kit.runFor(TEN_MINUTES);
      assertThat(receiver.tried()).hasSize(tries);
      assertThat(Receiver.status(kit).delivered()).isZero();
      assertThat(Receiver.status(kit).dropped()).isZero();
      assertThat(kit.alerts()).as("the other one heard all").hasSize(3);
    }
  }

  @Test
  void sendsTheEndWhenTheBeginningWasSent() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = Receiver.of(kit);
      FakeState state = broken(kit);
      kit.cycle(task(DriftPolicy.ALERT_ONLY));
      kit.runFor(Duration.ofSeconds(1));
      receiver.isDown();
      heals(kit, state);
      kit.runFor(TEN_MINUTES);
      receiver.works();
      kit.runFor(TEN_MINUTES);

      assertThat(receiver.tookEvents()).containsExactly("drift_detected", "drift_resolved");
    }
  }

  @Test
  void countsAnAlertThatIsBeingSentAsSent() {
    for (boolean works : List.of(true, false)) {
      try (FlukeKit kit = FlukeKit.create()) {
        Receiver receiver = Receiver.of(kit);
        receiver.does(
            alert -> {
              kit.time().sleep(Duration.ofSeconds(30));
              if (!works) {
                throw new IOException("cut");
              }
            });
        broken(kit);
        kit.cycle(task(DriftPolicy.ALERT_ONLY));
        kit.runFor(Duration.ofSeconds(10));
        kit.reconciler().remove("web-01");
        kit.runFor(Duration.ofSeconds(25));
        receiver.works();
        kit.runFor(TEN_MINUTES);

        assertThat(receiver.tookEvents()).containsExactly("drift_detected", "drift_resolved");
      }
    }
  }

  @Test
  void sendsAnApplyHoweverLate() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = Receiver.of(kit).isDown();
      broken(kit);
      kit.cycle(task(DriftPolicy.REMEDIATE_AND_ALERT));
      kit.runFor(Duration.ofHours(2));
      receiver.works();
      kit.runFor(TEN_MINUTES);

      assertThat(receiver.tookEvents()).containsExactly("drift_detected", "drift_remediated");
    }
  }

  @Test
  void sendsAnApplyThatAgentRemovalCutShort() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = Receiver.of(kit).isDown();
      broken(kit).applyTakes(Duration.ofMinutes(1));
      kit.manifest(task(DriftPolicy.REMEDIATE_AND_ALERT));
      kit.reconciler().checkNow();
      kit.runFor(Duration.ofSeconds(10));
      kit.reconciler().remove("web-01");
      receiver.works();
      kit.runFor(TEN_MINUTES);

      assertThat(receiver.tookEvents()).containsExactly("drift_detected", "drift_resolved");
    }
  }

  @Test
  void dropsARejectedAlertWhenItsIncidentIsOver() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = Receiver.of(kit);
      receiver.does(
          alert -> {
            throw new AlertRejectedException("400");
          });
      FakeState state = broken(kit);
      kit.cycle(task(DriftPolicy.ALERT_ONLY));
      kit.runFor(Duration.ofSeconds(1));
      heals(kit, state);
      assertThat(Receiver.status(kit).pending()).isZero();
      receiver.works();
      state.broken();
      kit.cycle();
      kit.runFor(Duration.ofSeconds(1));

      assertThat(receiver.took()).hasSize(1);
      assertThat(receiver.took().get(0).id()).isNotEqualTo(receiver.tried().get(0).id());
      assertThat(Receiver.status(kit).lastError()).isEmpty();
    }
  }

  @Test
  void sendsEachSinkTheEndOfWhatItWasSent() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver deaf = Receiver.of(kit).isDown();
      Receiver other = Receiver.of(kit);
      FakeState state = broken(kit);
      kit.cycle(task(DriftPolicy.ALERT_ONLY));
      kit.runFor(Duration.ofSeconds(1));
      heals(kit, state);
      deaf.works();
      kit.runFor(TEN_MINUTES);

      assertThat(deaf.took()).isEmpty();
      assertThat(other.tookEvents()).containsExactly("drift_detected", "drift_resolved");
    }
  }

  @Test
  void sendsALaterIncidentOfTheSameKeyInItsPlace() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = Receiver.of(kit);
      FakeState state = broken(kit);
      kit.cycle(task(DriftPolicy.ALERT_ONLY));
      kit.runFor(Duration.ofSeconds(1));
      receiver.isDown();
      heals(kit, state);
      state.broken();
      kit.cycle();
      kit.runFor(TEN_MINUTES);
      heals(kit, state);
      state.broken();
      kit.cycle();
      receiver.works();
      kit.runFor(TEN_MINUTES);

      assertThat(receiver.tookEvents())
          .as("the second was never heard of")
          .containsExactly("drift_detected", "drift_resolved", "drift_detected");
      assertThat(receiver.took()).extracting(Alert::key).containsOnly(receiver.took().get(0).key());
    }
  }
}
