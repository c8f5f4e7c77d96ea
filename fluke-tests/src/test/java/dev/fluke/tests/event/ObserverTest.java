package dev.fluke.tests.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.executor.CheckResult;
import dev.fluke.report.CycleObserver;
import dev.fluke.report.CycleReport;
import dev.fluke.report.EndedTask;
import dev.fluke.report.Outcome;
import dev.fluke.report.StepOutcome;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Observers of an application: what they are given, and that they stop nothing. */
class ObserverTest {
  private final FlukeKit kit = FlukeKit.create();
  private final FakeState state = kit.agent("web-01", Map.of()).pair("check a", "fix a");
  private final Recording recording = new Recording();

  @AfterEach
  void close() {
    kit.close();
  }

  /** Keeps all it is given, in order. */
  private static final class Recording implements CycleObserver {
    private final List<String> lines = new ArrayList<>();
    private final List<EndedTask> ends = new ArrayList<>();
    private final List<CycleReport> reports = new ArrayList<>();

    @Override
    public void checked(CheckedStep step) {
      lines.add("checked " + step.step() + " " + step.result().getClass().getSimpleName());
    }

    @Override
    public void applied(AppliedStep step) {
      lines.add("applied " + step.step() + " " + step.outcome());
    }

    @Override
    public void ended(EndedTask task) {
      lines.add("ended " + task.report().outcome());
      ends.add(task);
    }

    @Override
    public void cycleEnded(CycleReport report) {
      lines.add("cycle " + report.cycle());
      reports.add(report);
    }
  }

  private CycleReport cycle() {
    CycleReport report = kit.cycle(Pair.task("a"));
    kit.runFor(Duration.ofSeconds(1));
    return report;
  }

  @Test
  void givesEachCheckApplyAndEndOnceInOrder() {
    kit.configure(builder -> builder.observer(recording));
    state.broken();
    CycleReport report = cycle();

    String step = "StepInCycle[cycle=1, agent=web-01, task=a, step=step]";
    assertThat(recording.lines)
        .startsWith(
            "checked " + step + " " + CheckResult.Drifted.class.getSimpleName(),
            "checked " + step + " " + CheckResult.Drifted.class.getSimpleName(),
            "checked " + step + " " + CheckResult.InSync.class.getSimpleName(),
            "applied " + step + " " + StepOutcome.APPLIED)
        .endsWith("ended " + Outcome.REMEDIATED, "cycle 1");
    assertThat(recording.ends).extracting(EndedTask::report).isEqualTo(report.tasks());
    assertThat(recording.ends).extracting(EndedTask::applied).containsExactly(true);
    assertThat(recording.reports).containsExactly(report);
  }

  @Test
  void saysWhoAskedForAManualRun() {
    kit.configure(builder -> builder.observer(recording));
    state.broken();
    kit.manifest(Pair.task("a"));
    kit.reconciler().plan(Scope.all());
    kit.reconciler().reconcile(ManualRun.of(Scope.all()).by("ann").because("ticket 7"));
    kit.runFor(Duration.ofSeconds(1));

    assertThat(recording.lines.get(0)).as("a check of the plan").contains("cycle=1");
    assertThat(recording.reports).as("a plan has no report").hasSize(1);
    assertThat(recording.ends)
        .extracting(EndedTask::request)
        .containsExactly(new CycleReport.Request("ann", "ticket 7"));
    assertThat(recording.ends).extracting(EndedTask::cycle).containsExactly(2L);
  }

  @Tag("E01")
  @Test
  void goesOnCallingAnObserverThatThrowsAndSparesTheOthers() {
    AtomicInteger calls = new AtomicInteger();
    CycleObserver throwing =
        new CycleObserver() {
          @Override
          public void checked(CheckedStep step) throws Exception {
            calls.incrementAndGet();
            throw new Exception("no metrics today");
          }

          @Override
          public void ended(EndedTask task) {
            calls.incrementAndGet();
            throw new StackOverflowError();
          }
        };
    kit.configure(builder -> builder.observer(throwing).observer(recording));
    state.healthy();
    cycle();
    cycle();

    assertThat(calls).hasValue(4);
    assertThat(recording.reports).hasSize(2);
  }

  @Tag("E02")
  @Tag("rule-24")
  @Test
  void refusesCallsThatWaitAndDelaysNothingWhileAnObserverHangs() {
    CompletableFuture<Void> never = new CompletableFuture<>();
    List<String> refused = new ArrayList<>();
    kit.configure(
        builder ->
            builder.observer(
                new CycleObserver() {
                  @Override
                  public void ended(EndedTask task) throws Exception {
                    for (Runnable call :
                        List.<Runnable>of(
                            () -> kit.reconciler().cycle(),
                            () -> kit.reconciler().plan(Scope.all()),
                            () -> kit.reconciler().reconcile(Scope.all()),
                            () -> kit.reconciler().close())) {
                      try {
                        call.run();
                      } catch (IllegalStateException e) {
                        refused.add(String.valueOf(e.getMessage()));
                      }
                    }
                    kit.time().await(never, Duration.ofDays(365));
                  }
                }));
    state.healthy();
    for (int i = 0; i < 5_010; i++) {
      kit.cycle(Pair.task("a"));
    }

    assertThat(kit.time().nanoTime()).as("no cycle waited").isZero();
    assertThat(refused).hasSize(4).allMatch(message -> message.contains("from inside"));
    assertThat(kit.reconciler().status().eventsDropped())
        .as("3 values a cycle; the first was taken, the next is in hand, 10,000 wait")
        .isEqualTo(3 * 5_010L - 2 - 10_000);
  }
}
