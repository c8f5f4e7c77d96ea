package dev.fluke.reconcile.internal.memory;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.report.FleetStatus.TaskStatus;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is remembered of a task on an agent. */
@Tag("rule-22")
class TaskStateTest {
  private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

  private static TaskStatus status(FlukeKit kit) {
    return kit.reconciler().status().agent("web-01").task("a");
  }

  @Test
  void theStatusSaysSinceWhenAndHowOftenInARow() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var state = web.pair("check a", "fix a").healthy();
      kit.manifest(Pair.task("a"));
      Instant first = kit.time().now();
      kit.cycle();
      kit.runFor(Duration.ofMinutes(1));
      kit.cycle();
      assertThat(status(kit).since()).isEqualTo(first);
      assertThat(status(kit).lastInSyncAt()).contains(kit.time().now());
      assertThat(status(kit).failures()).isZero();
      state.broken().applyFails(1);
      kit.runFor(Duration.ofMinutes(1));
      Instant failed = kit.time().now();
      kit.cycle();
      assertThat(status(kit).failures()).isEqualTo(1);
      assertThat(status(kit).since()).isEqualTo(failed);
      kit.runFor(Duration.ofMinutes(2));

      kit.cycle();

      assertThat(status(kit).failures()).isEqualTo(2);
      assertThat(status(kit).since()).isEqualTo(failed);
      assertThat(status(kit).lastInSyncAt()).contains(failed.minus(Duration.ofMinutes(1)));
      kit.runFor(Duration.ofMinutes(1));
      assertThat(kit.cycle().task("a").on("web-01"))
          .isDrifted()
          .hasReasonContaining("after 2 failed in a row");
      state.healthy();
      kit.cycle();
      assertThat(status(kit).failures()).isZero();
      assertThat(status(kit).heldUntil()).isEmpty();
    }
  }

  @Test
  void aNewDeclarationBeginsToCountAnew() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyFails(1);
      web.answer("fix b", 1);
      kit.cycle(Pair.task("a"));
      kit.runFor(Duration.ofMinutes(2));
      kit.cycle();
      assertThat(status(kit).failures()).isEqualTo(2);

      Task changed =
          Task.named("a")
              .on(dev.fluke.agent.Selector.everyAgent())
              .step("step", new Pair("check a", "fix b"))
              .build();
      kit.cycle(changed);

      assertThat(status(kit).failures()).isEqualTo(1);
      assertThat(web).ran("fix b").once();
    }
  }

  @Test
  void theHoldDoublesFromAMinuteToAnHourAndUpToATenthMore() {
    TaskState memory = new TaskState(true);
    Declaration declaration = Declaration.of("a");
    memory.tries(declaration);
    List<Long> minutes = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      memory.failed(0, NOW, new Least());
      minutes.add(Duration.between(NOW, memory.heldUntil()).toMinutes());
    }
    assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    assertThat(memory.failures()).isEqualTo(9);
  }

  @Test
  void itIsHeldUntilThatMomentAndNotInIt() {
    TaskState memory = new TaskState(true);
    Declaration declaration = Declaration.of("a");
    memory.tries(declaration);
    memory.failed(0, NOW, new Least());
    long minute = Duration.ofMinutes(1).toNanos();

    assertThat(memory.heldUntil(declaration, minute - 1)).isEqualTo(memory.heldUntil());
    assertThat(memory.heldUntil(declaration, minute)).isNull();
    assertThat(memory.heldUntil(Declaration.of("b"), 0)).isNull();
  }

  @Tag("rule-24")
  @Test
  void whatIsNoLongerDeclaredIsForgotten() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      web.pair("check b", "fix b").healthy();
      Task alert = Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build();
      kit.cycle(alert, Pair.task("b"));
      assertThat(kit.reconciler().status().agent("web-01").tasks()).hasSize(2);

      kit.cycle(Pair.task("b"));

      assertThat(kit.reconciler().status().agent("web-01").tasks())
          .extracting(TaskStatus::task)
          .containsExactly("b");
    }
  }

  /** Chance at its least. */
  private static final class Least extends Random {
    private static final long serialVersionUID = 1L;

    @Override
    public double nextDouble() {
      return 0;
    }
  }
}
