package dev.fluke.tests.connection;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The one connection to an agent: how long it is kept, and when a dead host is tried again. */
@Tag("rule-21")
class AgentConnectionTest {
  private final FlukeKit kit = FlukeKit.create();
  private final FakeHost web = kit.agent("web-01", Map.of());

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void aDeadHostIsTriedAfterFiveSecondsAndThenLaterAndLater() {
    web.pair("check a", "fix a").healthy();
    web.unreachable("no route");
    kit.manifest(Pair.task("a")).start();
    kit.runFor(Duration.ofSeconds(1));
    assertThat(web.connectionsTried()).isEqualTo(1);
    var status = kit.reconciler().status().agent("web-01");
    assertThat(status.state()).isEqualTo(AgentState.UNREACHABLE);
    assertThat(status.reason()).isEqualTo("no route");
    assertThat(status.nextTry()).contains(kit.time().now().plusSeconds(4));

    kit.runFor(Duration.ofSeconds(5));
    assertThat(web.connectionsTried()).isEqualTo(2);
    kit.runFor(Duration.ofSeconds(10));
    assertThat(web.connectionsTried()).isEqualTo(3);
    kit.runFor(Duration.ofHours(1));
    assertThat(web.connectionsTried()).isBetween(14, 18);
    web.reachable();
    kit.runFor(Duration.ofMinutes(5));
    assertThat(kit.reconciler().status().agent("web-01").state()).isEqualTo(AgentState.REACHABLE);
    assertThat(kit.reconciler().status().agent("web-01").nextTry()).isEmpty();
  }

  @Test
  void aRefusedLoginIsTriedOnceAnHour() {
    web.pair("check a", "fix a").healthy();
    web.refusesLogin("permission denied");
    kit.manifest(Pair.task("a")).start();
    kit.runFor(Duration.ofMinutes(59));
    assertThat(web.connectionsTried()).isEqualTo(1);

    kit.runFor(Duration.ofMinutes(2));

    assertThat(web.connectionsTried()).isEqualTo(2);
  }

  @Test
  void aManualRunTriesAtOnce() {
    web.pair("check a", "fix a").broken();
    web.refusesLogin("permission denied");
    kit.manifest(Pair.task("a")).start();
    kit.runFor(Duration.ofSeconds(1));
    web.reachable();

    assertThat(kit.reconciler().reconcile(Scope.task("a")).task("a").on("web-01")).isRemediated();
  }

  @Test
  void aConnectionLostInAnApplyIsOpenedAnewInTheNextCycle() {
    web.pair("check a", "fix a").broken();
    web.losesConnectionBefore("fix a");
    assertThat(kit.cycle(Pair.task("a")).task("a").on("web-01")).isFailed();

    kit.runFor(Duration.ofMinutes(2));

    assertThat(kit.cycle().task("a").on("web-01")).isRemediated();
    assertThat(web.connectionsOpened()).isEqualTo(2);
  }

  @Test
  void aHostThatDiesInMidApplyFailsItWithTheReason() {
    web.answer(
        "check a",
        command -> {
          web.unreachable("it died");
          return dev.fluke.command.CommandResult.exited(1);
        });
    web.losesConnectionBefore("fix a");

    var report = kit.cycle(Pair.task("a"), Pair.task("b"));

    assertThat(report.task("a").on("web-01").outcome().succeeded()).isFalse();
    assertThat(web).ran("fix a").never();
    assertThat(web).ran("fix b").never();
  }
}
