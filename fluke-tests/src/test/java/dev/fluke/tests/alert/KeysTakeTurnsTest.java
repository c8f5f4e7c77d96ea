package dev.fluke.tests.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.alert.Alert;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Alerts of many keys, and a sink that fails for some or for all. */
@Tag("rule-27")
class KeysTakeTurnsTest {
  private static final Task TASK = Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build();

  private static FakeState broken(FlukeKit kit) {
    return kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
  }

  /** Fails for each alert of an agent that can't be reached, as code that expects a task does. */
  private static Receiver needsTask(FlukeKit kit) {
    return Receiver.of(kit)
        .does(
            alert -> {
              if (alert.task().isEmpty()) {
                throw new NoSuchElementException("no task");
              }
            });
  }

  @Test
  void sendsAlertsOfOtherKeysThoughOneKindAlwaysFails() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = needsTask(kit);
      kit.agent("off", Map.of()).unreachable("no route");
      List<FakeState> states = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        states.add(kit.agent("web-" + i, Map.of()).pair("check a", "fix a").healthy());
      }
      kit.manifest(TASK).start().runFor(Duration.ofHours(1));
      assertThat(receiver.tried()).extracting(Alert::event).contains("agent_unreachable");
      assertThat(receiver.took()).isEmpty();

      states.forEach(FakeState::broken);
      kit.runFor(Duration.ofMinutes(3));

      assertThat(receiver.took()).extracting(Alert::agent).hasSize(20).doesNotHaveDuplicates();
      assertThat(Receiver.status(kit).pending()).isEqualTo(1);
      assertThat(Receiver.status(kit).lastError()).startsWith("NoSuchElementException");
    }
  }

  @Test
  void triesFailingAlertLessAndLessOftenBesideOthers() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = needsTask(kit);
      kit.agent("off", Map.of()).unreachable("no route");
      FakeState state = broken(kit);
      kit.manifest(Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build()).start();
      for (int i = 0; i < 12; i++) {
        state.broken();
        kit.runFor(Duration.ofMinutes(5));
        kit.reconciler().reconcile(Scope.task("a").on("web-01"));
      }

      long tries =
          receiver.tried().stream().filter(a -> a.event().equals("agent_unreachable")).count();
      assertThat(tries).isBetween(10L, 20L);
      assertThat(receiver.took()).hasSizeGreaterThan(20);
    }
  }

  @Test
  void reportsOutageAfterFiveTriesOfDifferentKeys() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = Receiver.of(kit).isDown();
      for (int i = 0; i < 50; i++) {
        kit.agent("web-" + i, Map.of()).pair("check a", "fix a").broken();
      }
      kit.cycle(TASK);
      kit.runFor(Duration.ofMinutes(2));

      assertThat(receiver.tried()).hasSizeBetween(5, 10);
      assertThat(kit.events())
          .filteredOn(event -> event.type().equals("alert_undelivered"))
          .hasSize(1);
      receiver.works();
      kit.runFor(Duration.ofMinutes(6));
      assertThat(receiver.took()).hasSize(50);
    }
  }
}
