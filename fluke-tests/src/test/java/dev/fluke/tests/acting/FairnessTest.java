package dev.fluke.tests.acting;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.CommandResult;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.request.TooManyRunsException;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each kind of work gets its turn and its permits. */
@Tag("rule-23")
class FairnessTest {

  @Test
  void healsAlthoughPlansAreMadeAllTheTime() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      var state = web.pair("check a", "fix a").healthy().checkTakes(Duration.ofSeconds(3));
      kit.manifest(Pair.task("a")).start();
      Reconciler reconciler = kit.reconciler();
      long end = kit.time().nanoTime() + Duration.ofHours(1).toNanos();
      for (int client = 0; client < 3; client++) {
        kit.time()
            .start(
                "client",
                () -> {
                  while (kit.time().nanoTime() < end) {
                    reconciler.plan(Scope.agent("web-01"));
                  }
                });
      }
      kit.runFor(Duration.ofMinutes(5));
      state.broken();
      kit.runFor(Duration.ofMinutes(3));

      assertThat(web).ran("fix a").once();
      kit.runFor(Duration.ofHours(1));
    }
  }

  @Test
  void letsOneManualRunGoBetweenTwoTasks() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      for (String name : List.of("a", "b", "c")) {
        web.pair("check " + name, "fix " + name).broken().applyTakes(Duration.ofSeconds(10));
      }
      web.pair("check m", "fix m").broken().applyDoesNothing();
      kit.manifest(Pair.task("a"), Pair.task("b"), Pair.task("c"), Pair.task("m"));
      kit.reconciler().checkNow();
      kit.runFor(Duration.ofSeconds(2));
      for (int i = 0; i < 2; i++) {
        var unused = kit.reconciler().submit(ManualRun.of(Scope.task("m")));
      }
      kit.runFor(Duration.ofMinutes(3));

      assertThat(web.acted().subList(0, 5))
          .containsExactly("fix a", "fix m", "fix b", "fix m", "fix c");
    }
  }

  @Test
  void appliesNoMoreAtOnceThanAllowedWhenChecksAreAskedAgain() {
    try (FlukeKit kit = FlukeKit.create().configure(builder -> builder.applyingAtOnce(1))) {
      int[] busy = {0, 0};
      for (int i = 0; i < 20; i++) {
        FakeHost host = kit.agent("web-" + i, Map.of());
        host.answer("check slow", 0).takes("check slow", Duration.ofSeconds(31));
        int[] asked = {0};
        host.answer(
            "check a",
            command ->
                CommandResult.exited(
                    List.of(0, 1, 1).size() > asked[0] ? List.of(0, 1, 1).get(asked[0]++) : 0));
        host.answer(
            "fix a",
            command -> {
              busy[0]++;
              busy[1] = Math.max(busy[0], busy[1]);
              pause(kit);
              busy[0]--;
              return CommandResult.exited(0);
            });
      }

      CycleReport report = kit.cycle(Pair.task("slow"), Pair.task("a"));

      assertThat(report.tasks().stream().filter(task -> task.task().equals("a")))
          .allSatisfy(task -> assertThat(task).isRemediated());
      assertThat(busy[1]).isEqualTo(1);
    }
  }

  private static void pause(FlukeKit kit) {
    try {
      kit.time().sleep(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void refusesTheSixtyFifthRunThatWaitsForAnAgent() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken().applyTakes(Duration.ofMinutes(5));
      kit.manifest(Pair.task("a"));
      ManualRun run = ManualRun.of(Scope.agent("web-01"));
      var unused = kit.reconciler().submit(run);
      kit.runFor(Duration.ofSeconds(1));
      List<CompletableFuture<CycleReport>> waiting = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        waiting.add(kit.reconciler().submit(run));
      }

      assertThatThrownBy(() -> kit.reconciler().submit(run))
          .isInstanceOf(TooManyRunsException.class)
          .hasMessage("64 manual runs and plans wait already for agent 'web-01'; try again later");

      kit.runFor(Duration.ofHours(1));
      assertThat(waiting).allSatisfy(each -> assertThat(each).isCompleted());
      assertThat(kit.reconciler().submit(run)).isNotNull();
    }
  }

  @Test
  void refusesTheRunAfterAThousandThatWait() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of());
      kit.manifest(Pair.task("a"));
      for (int i = 0; i < 1_000; i++) {
        var unused = kit.reconciler().submit(ManualRun.of(Scope.all()));
      }

      assertThatThrownBy(() -> kit.reconciler().submit(ManualRun.of(Scope.all())))
          .isInstanceOf(TooManyRunsException.class)
          .hasMessage("1,000 manual runs and plans wait already; try again later");
      kit.reconciler().checkNow();
    }
  }
}
