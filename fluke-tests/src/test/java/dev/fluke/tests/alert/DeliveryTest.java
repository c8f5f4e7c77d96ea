package dev.fluke.tests.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertRejectedException;
import dev.fluke.alert.RetryLaterException;
import dev.fluke.event.Event;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.report.FleetStatus.SinkStatus;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Alerts are pending until the receiver took them, whatever it answers meanwhile. */
@Tag("rule-27")
@Tag("W01")
class DeliveryTest {
  private static final Task TASK = Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build();
  private static final Duration HOUR = Duration.ofHours(1);

  private static FakeState broken(FlukeKit kit, String agent) {
    return kit.agent(agent, Map.of()).pair("check a", "fix a").broken();
  }

  private static Alert from(Receiver receiver, int number) {
    return receiver.took().get(number);
  }

  private static List<Event> undelivered(FlukeKit kit) {
    return kit.events().stream().filter(e -> e.type().equals("alert_undelivered")).toList();
  }

  @Test
  void aReceiverThatIsDownIsTriedLessAndLessOften() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = Receiver.of(kit).isDown();
      broken(kit, "web-01");
      kit.cycle(TASK);
      kit.runFor(Duration.ofMinutes(3));
      kit.time().jumpWallClock(Duration.ofDays(-1));
      kit.runFor(HOUR);

      List<Duration> waits = receiver.waits();
      assertThat(waits).hasSizeBetween(17, 20);
      long[] most = {5, 10, 20, 40, 80, 160, 300};
      for (int i = 0; i < waits.size(); i++) {
        Duration longest = Duration.ofSeconds(most[Math.min(i, most.length - 1)]);
        assertThat(waits.get(i)).isBetween(longest.multipliedBy(9).dividedBy(10), longest);
      }
      assertThat(waits.subList(6, waits.size())).as("jitter").doesNotHaveDuplicates();
      assertThat(receiver.tried()).extracting(Alert::id).containsOnly(kit.alerts().get(0).id());
      assertThat(receiver.tried()).extracting(Alert::key).containsOnly(kit.alerts().get(0).key());
      assertThat(receiver.tried()).extracting(Alert::triedAt).doesNotHaveDuplicates();
      assertThat(receiver.tried()).extracting(Alert::time).containsOnly(kit.alerts().get(0).time());
    }
  }

  @Test
  void oneSuccessAndTheNextFailureIsTriedAgainSoon() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = Receiver.of(kit).isDown();
      broken(kit, "web-01");
      kit.cycle(TASK);
      kit.runFor(Duration.ofMinutes(10));
      receiver.works();
      kit.runFor(Duration.ofMinutes(5));
      receiver.isDown();
      broken(kit, "web-02");
      kit.cycle();
      kit.runFor(Duration.ofSeconds(5));

      assertThat(receiver.waits().get(receiver.waits().size() - 1))
          .isBetween(Duration.ofMillis(4500), Duration.ofSeconds(5));
    }
  }

  @Tag("R23")
  @Test
  void anOutageOfFiveMinutesDelaysAlertsAndLosesNone() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = Receiver.of(kit).isDown();
      FakeState state = broken(kit, "web-01");
      kit.cycle(TASK);
      kit.reconciler().reconcile(Scope.task("a"));
      state.broken();
      kit.cycle();
      broken(kit, "web-02");
      kit.cycle();
      kit.runFor(Duration.ofMinutes(5));
      SinkStatus down = Receiver.status(kit);
      assertThat(down.name()).isEqualTo("Receiver");
      assertThat(down.pending()).isEqualTo(4);
      assertThat(down.delivered()).isZero();
      assertThat(down.dropped()).isZero();
      assertThat(down.lastError()).isEqualTo("IOException: connection refused");
      assertThat(down.nextTry().orElseThrow()).isAfter(kit.time().now());

      receiver.works();
      kit.runFor(Duration.ofMinutes(5));

      assertThat(receiver.took()).extracting(Alert::id).isEqualTo(ids(kit.alerts()));
      assertThat(receiver.tookEvents())
          .containsExactly(
              "drift_detected", "drift_remediated", "drift_detected", "drift_detected");
      SinkStatus up = Receiver.status(kit);
      assertThat(up.pending()).isZero();
      assertThat(up.delivered()).isEqualTo(4);
      assertThat(up.lastError()).isEmpty();
      assertThat(up.nextTry()).isEmpty();
    }
  }

  private static List<String> ids(List<Alert> alerts) {
    return alerts.stream().map(Alert::id).toList();
  }

  @Test
  void afterFiveTriesTheEventsSaySoOnceAndItStaysOwed() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = Receiver.of(kit).isDown();
      broken(kit, "web-01");
      kit.cycle(TASK);
      while (receiver.tried().size() < 4) {
        kit.runFor(Duration.ofSeconds(1));
      }
      assertThat(undelivered(kit)).isEmpty();
      kit.runFor(HOUR);

      assertThat(undelivered(kit)).hasSize(1);
      Event told = undelivered(kit).get(0);
      assertThat(told.fields())
          .containsEntry("sink", "Receiver")
          .containsEntry("alert", "drift_detected")
          .containsEntry("id", kit.alerts().get(0).id())
          .containsEntry("key", kit.alerts().get(0).key())
          .containsEntry("message", "IOException: connection refused");
      assertThat(Receiver.status(kit).pending()).isEqualTo(1);
      receiver.works();
      kit.runFor(Duration.ofMinutes(5));
      assertThat(ids(receiver.took())).isEqualTo(ids(kit.alerts()));
    }
  }

  @Test
  void aReceiverThatNamesItsTimeIsLeftAloneUntilThen() {
    Map<Duration, Duration> waits =
        Map.of(
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5).plusNanos(1),
            Duration.ofSeconds(5).plusNanos(1),
            HOUR,
            HOUR,
            Duration.ofDays(2),
            HOUR);
    waits.forEach(
        (asked, waited) -> {
          try (FlukeKit kit = FlukeKit.create()) {
            Receiver receiver = Receiver.of(kit).does(alert -> later(asked));
            broken(kit, "web-01");
            kit.cycle(TASK);
            broken(kit, "web-02");
            kit.cycle();
            assertThat(Receiver.status(kit).nextTry()).contains(kit.time().now().plus(waited));
            kit.runFor(waited.minusNanos(1));
            assertThat(receiver.tried()).as("others wait, too").hasSize(1);
            kit.runFor(Duration.ofNanos(1));

            assertThat(receiver.waits()).containsExactly(waited);
          }
        });
  }

  @Test
  void aReceiverThatWantsToBeAskedSoonIsAskedNoSoonerThanOthers() {
    for (Duration asked : List.of(Duration.ZERO, Duration.ofSeconds(4), Duration.ofSeconds(-9))) {
      try (FlukeKit kit = FlukeKit.create()) {
        Receiver receiver = Receiver.of(kit).does(alert -> later(asked));
        broken(kit, "web-01");
        kit.cycle(TASK);
        kit.runFor(Duration.ofSeconds(15));

        assertThat(receiver.waits()).hasSize(2);
        assertThat(receiver.waits().get(0))
            .isBetween(Duration.ofMillis(4500), Duration.ofSeconds(5));
        assertThat(receiver.waits().get(1))
            .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
      }
    }
  }

  private static void later(Duration after) throws RetryLaterException {
    throw new RetryLaterException("too many", after);
  }

  @Test
  void whatIsRefusedIsTriedHourlyAndOnlyItsOwnIncidentWaits() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = Receiver.of(kit);
      refuses(receiver, "web-01");
      broken(kit, "web-01");
      FakeState other = broken(kit, "web-02");
      kit.cycle(TASK);
      kit.runFor(Duration.ofMinutes(30));
      kit.reconciler().reconcile(Scope.agent("web-01"));
      kit.reconciler().reconcile(Scope.agent("web-02"));
      other.broken();
      kit.cycle();
      kit.runFor(Duration.ofMinutes(20));

      assertThat(receiver.took()).extracting(a -> a.agent().orElse("")).containsOnly("web-02");
      assertThat(receiver.took()).hasSize(3);
      SinkStatus status = Receiver.status(kit);
      assertThat(status.pending()).isEqualTo(2);
      assertThat(status.lastError()).isEqualTo("400");
      assertThat(status.nextTry()).isEmpty();
      kit.runFor(Duration.ofHours(3));
      assertThat(triesOf(receiver, "web-01"))
          .containsExactly(Duration.ZERO, HOUR, HOUR.multipliedBy(2), HOUR.multipliedBy(3));
      assertThat(undelivered(kit)).isEmpty();
      kit.runFor(HOUR);
      assertThat(undelivered(kit)).as("after the fifth").hasSize(1);
      receiver.works();
      kit.runFor(HOUR);

      assertThat(receiver.tookEvents().subList(3, 5))
          .containsExactly("drift_detected", "drift_remediated");
      assertThat(from(receiver, 3).id()).isEqualTo(receiver.tried().get(0).id());
      assertThat(Receiver.status(kit).pending()).isZero();
      assertThat(Receiver.status(kit).lastError()).isEmpty();
    }
  }

  private static void refuses(Receiver receiver, String agent) {
    receiver.does(
        alert -> {
          if (alert.agent().orElse("").equals(agent)) {
            throw new AlertRejectedException("400");
          }
        });
  }

  private static List<Duration> triesOf(Receiver receiver, String agent) {
    List<Alert> tried = receiver.tried();
    return java.util.stream.IntStream.range(0, tried.size())
        .filter(i -> tried.get(i).agent().orElse("").equals(agent))
        .mapToObj(i -> receiver.triedAt().get(i))
        .toList();
  }

  @Test
  void aRefusalAndThenAnOutageKeepTheOrder() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = Receiver.of(kit);
      refuses(receiver, "web-01");
      broken(kit, "web-01");
      kit.cycle(TASK);
      kit.runFor(Duration.ofMinutes(59));
      kit.reconciler().reconcile(Scope.agent("web-01"));
      receiver.isDown();
      broken(kit, "web-02");
      kit.cycle();
      kit.runFor(Duration.ofMinutes(30));
      receiver.works();
      kit.runFor(Duration.ofMinutes(5));

      assertThat(receiver.tookEvents())
          .containsExactlyInAnyOrder("drift_detected", "drift_remediated", "drift_detected");
      assertThat(receiver.took().stream().filter(a -> a.agent().orElse("").equals("web-01")))
          .extracting(Alert::event)
          .containsExactly("drift_detected", "drift_remediated");
    }
  }
}
