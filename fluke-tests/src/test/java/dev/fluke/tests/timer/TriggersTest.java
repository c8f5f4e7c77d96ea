package dev.fluke.tests.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.report.CycleObserver;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Trigger;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What each report says opened its cycle. */
@Tag("rule-8")
class TriggersTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final FlukeKit kit = FlukeKit.create();
  private final FakeHost web = kit.agent("web-01", Map.of());
  private final List<Trigger> triggers = new ArrayList<>();

  @AfterEach
  void close() {
    kit.close();
  }

  /** Sees the triggers of all cycles; the first is over. */
  private void started() {
    web.pair("check a", "fix a").healthy();
    web.pair("check b", "fix b").healthy();
    kit.configure(
        builder ->
            builder
                .pollInterval(HOUR)
                .observer(
                    new CycleObserver() {
                      @Override
                      public void cycleEnded(CycleReport report) {
                        triggers.add(report.trigger());
                      }
                    }));
    kit.manifest(Pair.task("a"));
    kit.start().runFor(Duration.ofSeconds(1));
  }

  private List<Trigger> after(Runnable cause) {
    triggers.clear();
    cause.run();
    kit.runFor(Duration.ofSeconds(1));
    return List.copyOf(triggers);
  }

  @Test
  void namesTheStart() {
    started();

    assertThat(triggers).containsExactly(Trigger.START);
  }

  @Test
  void namesTheInterval() {
    started();

    assertThat(after(() -> kit.runFor(HOUR))).containsExactly(Trigger.INTERVAL);
  }

  @Test
  void namesARevisionThatAPollFinds() {
    started();
    kit.manifest(Pair.task("b"));

    assertThat(after(() -> kit.runFor(HOUR)))
        .containsExactlyInAnyOrder(Trigger.INTERVAL, Trigger.REVISION);
  }

  @Test
  void namesAHookThatFindsARevision() {
    started();
    assertThat(after(() -> kit.reconciler().pollNow())).as("nothing new").isEmpty();
    kit.manifest(Pair.task("b"));

    assertThat(after(() -> kit.reconciler().pollNow())).containsExactly(Trigger.HOOK);
  }

  @Test
  void namesTheRecoveryOfAnAgent() {
    web.unreachable("no route");
    started();
    web.reachable();

    assertThat(after(() -> kit.runFor(Duration.ofMinutes(1)))).containsExactly(Trigger.RECOVERY);
  }

  @Test
  void namesAnAgentThatComesOrChanges() {
    started();

    assertThat(after(() -> kit.reconciler().put(Agent.named("other"))))
        .containsExactly(Trigger.AGENT);
    assertThat(after(() -> kit.reconciler().put(Agent.named("other").label("role", "db"))))
        .containsExactly(Trigger.AGENT);
  }

  @Test
  void namesTheApplicationForCyclesThatItOpens() {
    started();

    assertThat(after(() -> kit.cycle())).containsExactly(Trigger.APPLICATION);
    assertThat(after(() -> kit.reconciler().checkNow())).containsExactly(Trigger.APPLICATION);
  }

  @Test
  void namesAManualRunAndLeavesOutAPlan() {
    started();

    assertThat(after(() -> kit.reconciler().reconcile(Scope.all())))
        .containsExactly(Trigger.MANUAL);
    assertThat(after(() -> kit.reconciler().plan(Scope.all()))).isEmpty();
  }
}
