package dev.fluke.tests.connection;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.report.CycleReport;
import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hosts that can't be reached, or are lost in the middle. */
class ReachabilityTest {

  @Tag("E23")
  @Tag("rule-19")
  @Test
  void aHostThatIsDownIsUnreachableNeverDrift() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      web.unreachable("connection refused");

      assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01"))
          .isUnreachable()
          .hasReasonContaining("connection refused");
      assertThat(kit.reconciler().status().agent("web-01").state())
          .isEqualTo(AgentState.UNREACHABLE);
      assertThat(kit.events())
          .extracting(event -> event.type())
          .containsExactly("revision_adopted", "agent_unreachable");

      web.reachable();
      kit.runFor(Duration.ofMinutes(6));
      assertThat(kit.cycle().task("a").on("web-01")).isRemediated();
      assertThat(kit.events())
          .extracting(event -> event.type())
          .contains("agent_unreachable_resolved");
    }
  }

  @Tag("rule-21")
  @Test
  void itIsTriedAfterFiveSecondsDoublingToFiveMinutes() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      web.unreachable("down");
      kit.manifest(Pair.task("a"));
      kit.start();

      kit.runFor(Duration.ofHours(1));

      // at 0, 5, 15, 35, 75, 155, 315, 615 s and then every 5 minutes
      assertThat(web.connectionsTried()).isBetween(17, 19);
    }
  }

  @Tag("rule-21")
  @Test
  void aRefusedLoginIsTriedAgainAfterAnHour() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      web.refusesLogin("permission denied");
      kit.manifest(Pair.task("a"));
      kit.start();

      kit.runFor(Duration.ofMinutes(150));

      assertThat(web.connectionsTried()).isEqualTo(3);
    }
  }

  @Tag("R15")
  @Tag("rule-10")
  @Test
  void checksThatWereLostAreAskedOnceMoreOnANewConnection() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").healthy();
      web.pair("check b", "fix b").healthy();
      web.losesConnectionAt("check b");

      CycleReport report = kit.cycle(Pair.task("a"), Pair.task("b"));

      assertThat(report.succeeded()).isTrue();
      assertThat(web.connectionsOpened()).isEqualTo(2);
    }
  }

  @Tag("R15")
  @Tag("rule-1")
  @Test
  void aConnectionLostInTheMiddleIsNeverDrift() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      web.answersNone("check a", dev.fluke.transport.Answer.Reason.CONNECTION_LOST, "cut");

      CycleReport report = kit.cycle(Pair.task("a"));

      assertThat(report.task("a").on("web-01").outcome())
          .isIn(dev.fluke.report.Outcome.UNKNOWN, dev.fluke.report.Outcome.UNREACHABLE);
      assertThat(web.acted()).isEmpty();
    }
  }

  @Tag("S01")
  @Tag("rule-21")
  @Test
  void blackHolesAndSlowHostsDelayNobodyElse() {
    Duration without = slowestOfTheOthers(0);
    Duration with = slowestOfTheOthers(4);

    assertThat(with).isLessThanOrEqualTo(without.multipliedBy(12).dividedBy(10));
  }

  private static Duration slowestOfTheOthers(int ofEach) {
    try (FlukeKit kit = FlukeKit.create()) {
      java.util.List<java.time.Instant> ends = new java.util.ArrayList<>();
      for (int i = 0; i < 200; i++) {
        FakeHost host = kit.agent("host-" + i, Map.of());
        var state = host.pair("check a", "fix a").healthy();
        if (i < ofEach) {
          host.blackHole();
        } else if (i < 2 * ofEach) {
          state.checkTakes(Duration.ofSeconds(59));
        } else {
          host.answer(
              "check a",
              command -> {
                pause(kit, Duration.ofMillis(100));
                ends.add(kit.time().now());
                return dev.fluke.command.CommandResult.exited(0);
              });
        }
      }
      var start = kit.time().now();
      kit.cycle(Pair.task("a"));
      return Duration.between(start, ends.get(ends.size() - 1));
    }
  }

  private static void pause(FlukeKit kit, Duration time) {
    try {
      kit.time().sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
