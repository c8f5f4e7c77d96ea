package dev.fluke.reconcile.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Mask;
import dev.fluke.event.EventStore;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.fleet.Fleet;
import dev.fluke.reconcile.internal.incident.AlertDispatcher;
import dev.fluke.reconcile.internal.incident.IncidentTracker;
import dev.fluke.reconcile.internal.memory.Declarations;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.reconcile.internal.revision.SourcePoller;
import dev.fluke.reconcile.internal.revision.SourceSet;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Plan;
import dev.fluke.report.Trigger;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.VirtualTime;
import dev.fluke.tests.source.ScriptedSource;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cycles of a fleet without agents: what is in their reports besides tasks. */
class CycleOpenerTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final LoopThread thread = new LoopThread();
  private final EventRecorder events = new EventRecorder(time, EventStore.inMemory(10), thread);
  private final ScriptedSource source = new ScriptedSource("infra").has("c1", Pair.task("nginx"));
  private final SourceSet sources =
      new SourceSet(
          List.of(source),
          new SourcePoller.Parts(
              LoopSettings.defaults(),
              time,
              ManifestReader.of(),
              events,
              new IncidentTracker(
                  time, new AlertDispatcher(List.of(), time, thread, events), task -> "infra")),
          manifest -> List.of(),
          revision -> {});
  private final List<CycleReport> ended = new ArrayList<>();
  private final CycleOpener opener =
      new CycleOpener(
          time,
          new Fleet(),
          sources,
          (task, agent) -> task.selector().matches(agent),
          new ManifestWarnings(
              () -> sources.inForce().manifest(),
              List::of,
              new Declarations(time, thread, new Mask()),
              time,
              events),
          ended::add);

  @AfterEach
  void close() {
    sources.close(Duration.ZERO);
    time.close();
  }

  private void adoptRevision() {
    var polled = sources.poll();
    time.runFor(Duration.ofSeconds(1));
    assertThat(polled).isCompleted();
    assertThat(sources.areKnown()).isTrue();
  }

  @Test
  void numbersCyclesOfAllKinds() {
    adoptRevision();
    assertThat(opener.hasBegun()).isFalse();

    CycleReport first = opener.open(Trigger.START, Scope.all(), List.of()).result().join();
    opener.plan(Scope.all(), List.of(), () -> {});
    CycleReport third = opener.open(ManualRun.of(Scope.all()), List.of(), () -> {}).result().join();

    assertThat(first.cycle()).isEqualTo(1);
    assertThat(third.cycle()).isEqualTo(3);
    assertThat(ended).as("handed out, plans left out").containsExactly(first, third);
    assertThat(opener.hasBegun()).isTrue();
  }

  @Test
  void reportsTriggerActorReasonAndNotes() {
    adoptRevision();

    CycleReport automatic =
        opener.open(Trigger.REVISION, Scope.all(), List.of("a note")).result().join();
    CycleReport manual =
        opener
            .open(ManualRun.of(Scope.all()).by("ada").because("test"), List.of("a note"), () -> {})
            .result()
            .join();

    assertThat(automatic.trigger()).isEqualTo(Trigger.REVISION);
    assertThat(automatic.notes()).containsExactly("a note");
    assertThat(manual.trigger()).isEqualTo(Trigger.MANUAL);
    assertThat(manual.actor()).isEqualTo("ada");
    assertThat(manual.reason()).isEqualTo("test");
    assertThat(manual.notes()).containsExactly("a note", "scope 'all' matches nothing");
  }

  @Test
  void reportsAreIncompleteUntilEverySourceIsKnown() {
    CycleReport before = opener.open(Trigger.START, Scope.all(), List.of()).result().join();
    Plan planBefore = opener.plan(Scope.all(), List.of(), () -> {}).result().join();
    adoptRevision();
    CycleReport after = opener.open(Trigger.START, Scope.all(), List.of()).result().join();

    assertThat(before.isComplete()).isFalse();
    assertThat(planBefore.isComplete()).isFalse();
    assertThat(after.isComplete()).isTrue();
    assertThat(opener.plan(Scope.all(), List.of(), () -> {}).result().join().isComplete()).isTrue();
  }

  @Test
  void opensNothingForUnknownTask() {
    adoptRevision();
    Scope unknown = Scope.task("nginz");

    assertThatThrownBy(() -> opener.open(ManualRun.of(unknown), List.of(), () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no task 'nginz'; did you mean 'nginx'?");
    assertThatThrownBy(() -> opener.plan(unknown, List.of(), () -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(opener.hasBegun()).isFalse();
  }
}
