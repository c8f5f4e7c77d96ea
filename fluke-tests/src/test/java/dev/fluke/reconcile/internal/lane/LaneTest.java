package dev.fluke.reconcile.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.report.CycleReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One thing at a time at one address, and triggers that fold. */
@Tag("rule-8")
class LaneTest {
  /** {@code scripts/prove seeds} tries ten thousand. */
  private static final int SEEDS = Integer.getInteger("fluke.test.seeds", 200);

  @Tag("S02")
  @Test
  void foldsThousandTriggersDuringCycleIntoOneMore() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      kit.manifest(Pair.task("a"));
      web.answer(
          "check a",
          command -> {
            if (web.asked().size() <= 1) {
              for (int i = 0; i < 1000; i++) {
                kit.reconciler().checkNow();
              }
            }
            return dev.fluke.command.CommandResult.exited(0);
          });

      kit.cycle();
      kit.runFor(Duration.ofSeconds(1));

      assertThat(web.asked()).hasSize(2);
    }
  }

  @Tag("S02")
  @Test
  void losesNoWakeUpInAnyOrder() {
    for (long seed = 0; seed < SEEDS; seed++) {
      try (FlukeKit kit = FlukeKit.create(seed)) {
        FakeHost web = kit.agent("web-01", Map.of());
        var state = web.pair("check a", "fix a").healthy();
        kit.manifest(Pair.task("a"));
        kit.reconciler().checkNow();
        kit.runFor(Duration.ofNanos(seed % 7));
        state.broken();
        kit.reconciler().checkNow();
        kit.runFor(Duration.ofSeconds(1));

        assertThat(web.acted()).as("seed %s", seed).containsExactly("fix a");
      }
    }
  }

  @Tag("S03")
  @Tag("R12")
  @Test
  void manualRunsPollsAndRecoveriesNeverOverlap() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().checkTakes(Duration.ofMillis(500));
      kit.manifest(Pair.task("a"));
      kit.start();
      List<java.util.concurrent.CompletableFuture<CycleReport>> runs = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        runs.add(kit.reconciler().submit(ManualRun.of(Scope.all())));
        kit.reconciler().checkNow();
        kit.runFor(Duration.ofMillis(300));
      }
      kit.runFor(Duration.ofMinutes(2));

      assertThat(runs).allMatch(run -> run.isDone() && run.join().tasks().size() == 1);
      assertThat(web.busiest()).isEqualTo(1);
    }
  }

  @Tag("rule-7")
  @Test
  void decidesTaskWithSlowCheckAfterTheOthers() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check slow", "fix slow").healthy().checkTakes(Duration.ofSeconds(20));
      var quick = web.pair("check quick", "fix quick").healthy();
      kit.cycle(Pair.task("slow"), Pair.task("quick"));
      quick.broken();
      List<String> order = new ArrayList<>();
      web.answer(
          "fix quick",
          command -> {
            order.addAll(web.asked());
            quick.healthy();
            return dev.fluke.command.CommandResult.exited(0);
          });

      kit.cycle();

      assertThat(order).containsExactly("check slow", "check quick", "check quick", "check quick");
    }
  }

  @Tag("rule-21")
  @Test
  void checksOtherAgentsDuringLongApplies() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.applyingAtOnce(1).checkingAtOnce(1));
      for (int i = 0; i < 5; i++) {
        kit.agent("slow-" + i, Map.of())
            .pair("check a", "fix a")
            .broken()
            .applyTakes(Duration.ofMinutes(5));
      }
      FakeHost other = kit.agent("z-other", Map.of());
      other.pair("check a", "fix a").healthy();
      kit.manifest(Pair.task("a"));

      kit.reconciler().checkNow();
      kit.runFor(Duration.ofSeconds(10));

      assertThat(other.asked()).hasSize(1);
      kit.runFor(Duration.ofMinutes(30));
    }
  }
}
