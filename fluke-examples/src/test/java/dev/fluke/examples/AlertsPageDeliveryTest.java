package dev.fluke.examples;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.manifest.DriftPolicy.ALERT_ONLY;
import static dev.fluke.manifest.DriftPolicy.REMEDIATE_AND_ALERT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertRejectedException;
import dev.fluke.alert.AlertSink;
import dev.fluke.alert.RetryLaterException;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.shell.Shell;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the page on alerts says of delivery, of restarts and of the end. */
@Tag("rule-27")
@Tag("R23")
class AlertsPageDeliveryTest {
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

  private final List<Alert> tries = new ArrayList<>();

  private static Task nginx(DriftPolicy policy) {
    return Task.named("nginx")
        .on(everyAgent())
        .onDrift(policy)
        .step("service", Shell.check("pgrep nginx").command("systemctl start nginx"))
        .build();
  }

  private static FakeState broken(FlukeKit kit, String agent) {
    return kit.agent(agent, Map.of()).pair("pgrep nginx", "systemctl start nginx").broken();
  }

  /** A kit with a sink that keeps each try, and does with it what this says. */
  private FlukeKit kit(AlertSink then) {
    return FlukeKit.create()
        .configure(
            builder ->
                builder.alerts(
                    alert -> {
                      tries.add(alert);
                      then.send(alert);
                    }));
  }

  private List<Duration> triedAfter() {
    return tries.stream().map(each -> Duration.between(START, each.triedAt())).toList();
  }

  @Test
  void retriesASilentSinkAtGrowingIntervals() {
    try (FlukeKit kit =
        kit(
            alert -> {
              throw new IOException("down");
            })) {
      broken(kit, "web-01");
      kit.cycle(nginx(ALERT_ONLY));
      kit.runFor(Duration.ofHours(2));

      assertThat(tries).extracting(Alert::id).containsOnly(tries.get(0).id());
      List<Duration> after = triedAfter();
      assertThat(after.get(1)).isBetween(Duration.ofMillis(4500), Duration.ofSeconds(5));
      assertThat(after.get(2).minus(after.get(1)))
          .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
      assertThat(after.get(20).minus(after.get(19)))
          .isBetween(Duration.ofSeconds(270), Duration.ofMinutes(5));
      assertThat(kit.reconciler().status().sinks().get(1).pending()).isEqualTo(1);
      assertThat(kit.events())
          .filteredOn(event -> event.type().equals("alert_undelivered"))
          .hasSize(1);
    }
  }

  @Test
  void waitsAsLongAsASinkAsks() {
    try (FlukeKit kit =
        kit(
            alert -> {
              throw new RetryLaterException("busy", Duration.ofHours(5));
            })) {
      broken(kit, "web-01");
      kit.cycle(nginx(ALERT_ONLY));
      kit.runFor(Duration.ofHours(2));

      assertThat(triedAfter())
          .containsExactly(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(2));
    }
  }

  @Test
  void retriesARefusedAlertAfterAnHour() {
    try (FlukeKit kit =
        kit(
            alert -> {
              if (alert.agent().orElse("").equals("web-01")) {
                throw new AlertRejectedException("the receiver answered 400");
              }
            })) {
      broken(kit, "web-01");
      broken(kit, "web-02");
      kit.cycle(nginx(REMEDIATE_AND_ALERT));
      kit.runFor(Duration.ofHours(1));

      assertThat(tries)
          .extracting(alert -> alert.agent().orElse("") + " " + alert.event())
          .containsExactlyInAnyOrder(
              "web-01 drift_detected",
              "web-02 drift_detected",
              "web-02 drift_remediated",
              "web-01 drift_detected");
      assertThat(triedAfter().get(3)).isEqualTo(Duration.ofHours(1));
    }
  }

  @Test
  void dropsAnUnsentIncidentThatIsOver() {
    for (DriftPolicy policy : List.of(ALERT_ONLY, REMEDIATE_AND_ALERT)) {
      boolean[] down = {true};
      tries.clear();
      try (FlukeKit kit =
          kit(
              alert -> {
                if (down[0]) {
                  throw new IOException("down");
                }
              })) {
        FakeState state = broken(kit, "web-01");
        kit.cycle(nginx(policy));
        state.healthy();
        kit.cycle();
        kit.runFor(Duration.ofMinutes(30));
        tries.clear();
        down[0] = false;
        kit.runFor(Duration.ofMinutes(30));

        assertThat(tries)
            .extracting(Alert::event)
            .isEqualTo(
                policy.applies() ? List.of("drift_detected", "drift_remediated") : List.of());
      }
    }
  }

  @Tag("rule-26")
  @Test
  void remindsOfAnUnreachableAgentAfterADay() {
    try (FlukeKit kit = FlukeKit.create()) {
      broken(kit, "web-01");
      kit.hosts().get(0).unreachable("connection refused");
      kit.manifest(nginx(ALERT_ONLY)).start().runFor(Duration.ofHours(25));

      assertThat(kit.alerts())
          .extracting(Alert::event)
          .containsExactly("agent_unreachable", "agent_unreachable");
      assertThat(kit.alerts().get(1).field("since"))
          .contains(kit.alerts().get(0).time().truncatedTo(ChronoUnit.MILLIS).toString());
    }
  }

  @Test
  void repeatsAnAlertByTheSameKeyAfterARestart() {
    for (int seed = 1; seed <= 2; seed++) {
      try (FlukeKit kit = FlukeKit.create(seed)) {
        broken(kit, "web-01");
        kit.cycle(nginx(ALERT_ONLY));
        tries.addAll(kit.alerts());
      }
    }

    assertThat(tries).hasSize(2);
    assertThat(tries).extracting(Alert::key).containsOnly(tries.get(0).key());
    assertThat(tries).extracting(Alert::id).doesNotHaveDuplicates();
  }

  @Test
  void waitsFiveSecondsForDeliveriesOnClose() {
    for (Duration takes : List.of(Duration.ofSeconds(3), Duration.ofSeconds(30))) {
      List<String> taken = new ArrayList<>();
      FlukeKit[] own = new FlukeKit[1];
      FlukeKit kit =
          kit(
              alert -> {
                own[0].time().sleep(takes);
                taken.add(alert.event());
              });
      own[0] = kit;
      broken(kit, "web-01");
      kit.cycle(nginx(ALERT_ONLY));
      Instant closing = kit.time().now();
      kit.close();

      boolean inTime = takes.toSeconds() < 5;
      assertThat(taken).hasSize(inTime ? 1 : 0);
      assertThat(Duration.between(closing, kit.time().now()))
          .isEqualTo(inTime ? takes : Duration.ofSeconds(5));
    }
  }
}
