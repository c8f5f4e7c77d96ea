package dev.fluke.reconcile.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.event.EventStore;
import dev.fluke.event.EventTypes;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.CycleReport;
import dev.fluke.report.EndedTask;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which changes become events. */
@Tag("rule-29")
class EventRecorderTest {
  private static final Agent WEB = Agent.named("web-01");

  private final VirtualTime time = VirtualTime.seeded(1);
  private final List<Event> stored = new ArrayList<>();
  private final EventRecorder recorder = recorder(new Listed());
  private final TaskState state = new TaskState(true);

  private final class Listed implements EventStore {
    @Override
    public void append(List<Event> events) {
      stored.addAll(events);
    }

    @Override
    public List<Event> latest(String agent, int atMost) {
      return stored;
    }
  }

  private EventRecorder recorder(EventStore store) {
    return new EventRecorder(time, store, new LoopThread());
  }

  @AfterEach
  void close() {
    recorder.close();
    time.close();
  }

  private static EndedTask task(Outcome outcome, boolean applied) {
    TaskReport report =
        TaskReport.of(
            "web-01",
            new TaskReport.Declared("nginx", DriftPolicy.REMEDIATE, "code-1"),
            new TaskReport.End(outcome, "", Optional.empty()),
            List.of());
    return new EndedTask(WEB, report, applied, "held", 7, CycleReport.Request.NONE);
  }

  /** The types of the events that this end publishes. */
  private List<String> typesOf(Outcome outcome, boolean applied) {
    int before = stored.size();
    recorder.ended(task(outcome, applied), state);
    time.runUntilIdle();
    return stored.subList(before, stored.size()).stream().map(Event::type).toList();
  }

  @Test
  void numbersEventsAndKeepsThemWithTheirTime() {
    recorder.publish(EventTypes.WARNING, event -> event.with("message", "one"));
    recorder.publish(EventTypes.WARNING, event -> event.with("message", "two"));
    time.runUntilIdle();

    assertThat(stored).extracting(Event::sequence).containsExactly(1L, 2L);
    assertThat(stored).extracting(Event::time).containsOnly(time.now());
    assertThat(stored.get(1).field("message")).contains("two");
    assertThat(stored)
        .extracting(Event::cursor)
        .as("the recorder's incarnation, in microseconds, and the sequence")
        .containsExactly("1735689600000000-000000000001", "1735689600000000-000000000002");
  }

  @Test
  void reachesSubscribersThoughTheStoreFails() throws Exception {
    EventStore failing =
        new EventStore() {
          @Override
          public void append(List<Event> events) {
            throw new IllegalStateException("the disk is full");
          }

          @Override
          public List<Event> latest(String agent, int atMost) {
            return List.of();
          }
        };
    EventRecorder other = recorder(failing);
    List<Event> heard = new ArrayList<>();
    try (AutoCloseable subscription = other.subscribe(heard::add)) {
      assertThat(subscription).isNotNull();
      other.publish(EventTypes.WARNING, event -> event);
      time.runUntilIdle();
    }
    other.publish(EventTypes.WARNING, event -> event);
    time.runUntilIdle();

    assertThat(heard).extracting(Event::sequence).containsExactly(1L);
    assertThat(other.dropped()).isZero();
  }

  @Test
  void ordersCursorsOfALaterRecorderAfterThoseBefore() {
    recorder.publish(EventTypes.WARNING, event -> event);
    time.runFor(Duration.ofMillis(1));
    EventRecorder later = recorder(new Listed());
    later.publish(EventTypes.WARNING, event -> event);
    time.runUntilIdle();

    assertThat(stored).extracting(Event::sequence).containsExactly(1L, 1L);
    assertThat(stored).extracting(Event::cursor).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void readsWhatWaitsForTheStoreAfterWhatItHas() {
    recorder.publish(EventTypes.WARNING, event -> event);
    recorder.publish(EventTypes.AGENT_ADDED, event -> EventFields.ofAgent(event, WEB));
    recorder.publish(EventTypes.AGENT_CHANGED, event -> EventFields.ofAgent(event, WEB));

    assertThat(recorder.latest("web-01", 10))
        .extracting(Event::type)
        .containsExactly(EventTypes.AGENT_ADDED, EventTypes.AGENT_CHANGED);
    assertThat(recorder.latest("web-01", 1))
        .extracting(Event::type)
        .containsExactly(EventTypes.AGENT_CHANGED);
    assertThat(recorder.latest("web-01", -1)).isEmpty();
    time.runUntilIdle();
    assertThat(recorder.latest("web-01", 10)).hasSize(3).isEqualTo(stored);
  }

  @Test
  void publishesDriftOnceAndItsEndOnce() {
    assertThat(typesOf(Outcome.DRIFTED, false)).containsExactly(EventTypes.DRIFT_DETECTED);
    assertThat(stored.get(0).field("remediation_status")).contains("held");
    assertThat(typesOf(Outcome.DRIFTED, false)).isEmpty();
    assertThat(typesOf(Outcome.IN_SYNC, false)).containsExactly(EventTypes.DRIFT_RESOLVED);
    assertThat(typesOf(Outcome.IN_SYNC, false)).isEmpty();
  }

  @Test
  void publishesDriftBeforeItIsAppliedAway() {
    recorder.applying(task(Outcome.DRIFTED, false), state);
    recorder.applying(task(Outcome.DRIFTED, false), state);
    time.runUntilIdle();
    assertThat(stored).extracting(Event::type).containsExactly(EventTypes.DRIFT_DETECTED);
    assertThat(stored.get(0).field("remediation_status")).contains("in_progress");

    assertThat(typesOf(Outcome.REMEDIATED, true)).containsExactly(EventTypes.DRIFT_REMEDIATED);
    assertThat(stored.get(1).field("outcome")).contains("success");
    assertThat(state.driftAnnounced()).isFalse();
  }

  @Test
  void publishesEveryApplyAlsoOneThatFailsAgain() {
    assertThat(typesOf(Outcome.FAILED, true)).containsExactly(EventTypes.DRIFT_REMEDIATED);
    assertThat(typesOf(Outcome.FAILED, true)).containsExactly(EventTypes.DRIFT_REMEDIATED);
    assertThat(stored.get(1).field("outcome")).contains("failure");
    assertThat(state.driftAnnounced()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN,check_unknown",
    "SKIPPED,task_skipped",
    "CANCELLED,task_cancelled",
    "FAILED,drift_remediated"
  })
  void publishesAnotherEndOnceWhileItLasts(Outcome outcome, String type) {
    assertThat(typesOf(outcome, false)).containsExactly(type);
    assertThat(typesOf(outcome, false)).isEmpty();
  }

  @Test
  void leavesAnUnreachableAgentToTheEventOfTheAgent() {
    assertThat(typesOf(Outcome.UNREACHABLE, false)).isEmpty();
  }

  @Test
  void publishesTheEndOfAnUnknownCheck() {
    assertThat(typesOf(Outcome.UNKNOWN, false)).containsExactly(EventTypes.CHECK_UNKNOWN);
    assertThat(typesOf(Outcome.IN_SYNC, false)).containsExactly(EventTypes.CHECK_UNKNOWN_RESOLVED);
  }
}
