package dev.fluke.tests.alert;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.alert.Alert;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.CheckResult;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.Outcome;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Pair;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sink can neither stop nor slow the loop. */
@Tag("R24")
@Tag("rule-14")
@Tag("E02")
class AlertsDontDelayTest {
  private static final Task TASK =
      Pair.builder("a").onDrift(DriftPolicy.REMEDIATE_AND_ALERT).build();

  /** When what was asked and applied, in half an hour in which things break again and again. */
  private static List<String> diaryWith(Consumer<Receiver> sink, CompletableFuture<Void> letGo) {
    List<String> diary = new ArrayList<>();
    try (FlukeKit kit = FlukeKit.create()) {
      sink.accept(Receiver.of(kit));
      List<FakeState> states = new ArrayList<>();
      for (String name : List.of("web-01", "web-02")) {
        FakeHost web = kit.agent(name, Map.of());
        FakeState state = web.pair("check a", "fix a").applyTakes(Duration.ofSeconds(7));
        states.add(state);
        web.answer(
            "fix a",
            command -> {
              diary.add(kit.time().nanoTime() + " " + name + " is mended");
              state.healthy();
              return CommandResult.exited(0);
            });
      }
      kit.manifest(TASK).start();
      for (int i = 0; i < 6; i++) {
        states.get(i % 2).broken();
        kit.runFor(Duration.ofMinutes(5));
        kit.hosts().forEach(host -> diary.add(host + " was asked " + host.asked().size()));
      }
      letGo.complete(null);
      kit.runFor(Duration.ofMinutes(10));
    }
    return diary;
  }

  @Test
  void withASinkThatHangsForEverAppliesAndCyclesHaveTheSameTimes() {
    List<String> without = diaryWith(Receiver::works, new CompletableFuture<>());
    CompletableFuture<Void> letGo = new CompletableFuture<>();
    List<String> with = diaryWith(receiver -> receiver.hangsUntil(letGo), letGo);

    assertThat(with).isEqualTo(without);
    assertThat(without).filteredOn(line -> line.endsWith("mended")).hasSizeGreaterThanOrEqualTo(6);
  }

  @Tag("rule-24")
  @Test
  void aSinkMayAskForACheckButNotWaitForTheLoop() {
    try (FlukeKit kit = FlukeKit.create()) {
      List<String> refusals = new ArrayList<>();
      Receiver.of(kit)
          .does(
              alert -> {
                Reconciler reconciler = kit.reconciler();
                refused(refusals, () -> reconciler.reconcile(Scope.all()));
                refused(refusals, () -> reconciler.plan(Scope.all()));
                refused(refusals, reconciler::cycle);
                refused(refusals, reconciler::close);
                if (!alert.isClosing()) {
                  reconciler.checkNow();
                }
              });
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check a", "fix a").broken();
      kit.cycle(Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build());
      kit.runFor(Duration.ofSeconds(1));

      assertThat(refusals)
          .containsExactly(
              "reconcile() waits for the loop, and was called from inside it; call submit(..),"
                  + " checkNow() or pollNow(), which don't wait",
              "plan() waits for the loop, and was called from inside it; call submit(..),"
                  + " checkNow() or pollNow(), which don't wait",
              "cycle() waits for the loop, and was called from inside it; call submit(..),"
                  + " checkNow() or pollNow(), which don't wait",
              "close() called from inside the loop would wait for itself");
      assertThat(web.asked()).hasSize(2);
      assertThat(Receiver.status(kit).delivered()).isEqualTo(1);
    }
  }

  private static void refused(List<String> refusals, Runnable call) {
    try {
      call.run();
    } catch (IllegalStateException e) {
      refusals.add(String.valueOf(e.getMessage()));
    }
  }

  @Test
  @Timeout(30)
  void inRealTimeAnApplyEndsWhileTheSinkStillHangs() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    List<Alert> took = new ArrayList<>();
    AtomicBoolean mended = new AtomicBoolean();
    Doing doing =
        Doing.check(
                host ->
                    mended.get() ? CheckResult.inSync() : CheckResult.drifted("it", "good", "bad"))
            .apply(host -> mended.set(true));
    try (Reconciler reconciler =
        Reconciler.builder()
            .scheduler(Scheduler.system())
            .agent(Agent.named("here"))
            .manifest(
                Manifest.of(
                    Task.named("a")
                        .on(everyAgent())
                        .onDrift(DriftPolicy.REMEDIATE_AND_ALERT)
                        .step("step", doing)
                        .build()))
            .alerts(
                alert -> {
                  reached.countDown();
                  letGo.await();
                  took.add(alert);
                })
            .build()) {
      var report = reconciler.cycle();

      assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(report.task("a").on("here").outcome()).isEqualTo(Outcome.REMEDIATED);
      assertThat(mended).isTrue();
      assertThat(letGo.getCount()).as("the sink still hangs").isEqualTo(1);
      assertThat(reconciler.status().sinks().get(0).pending()).isEqualTo(2);
      letGo.countDown();
    }
    assertThat(took)
        .extracting(Alert::event)
        .as("closing waited for what could be sent")
        .containsExactly("drift_detected", "drift_remediated");
  }
}
