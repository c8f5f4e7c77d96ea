package dev.fluke.tests.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.FleetStatus.EventStoreStatus;
import dev.fluke.report.FleetStatus.IncidentStatus;
import dev.fluke.report.Outcome;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Later;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An event store that is slow, fails or hangs: the loop goes on, and the events are kept later. */
@Tag("rule-29")
@Tag("E03")
class EventStoreTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final FlukeKit kit = FlukeKit.create();
  private final ScriptedStore store = ScriptedStore.of(kit);
  private final FakeState state = kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
  private final CompletableFuture<Void> letGo = new CompletableFuture<>();

  @AfterEach
  void close() {
    letGo.complete(null);
    kit.close();
  }

  private EventStoreStatus status() {
    return kit.reconciler().status().eventStore();
  }

  private List<String> incidents() {
    return kit.reconciler().status().incidents().stream().map(IncidentStatus::about).toList();
  }

  private List<String> alerts() {
    return kit.alerts().stream()
        .map(alert -> alert.event() + (alert.isClosing() ? " closed" : " open"))
        .toList();
  }

  /** Three events: a revision, drift, and its apply. */
  private void driftAndApply() {
    state.broken();
    assertThat(kit.cycle(Pair.task("a")).succeeded()).isTrue();
  }

  private void assertStoredOnceInOrder() {
    assertThat(store.stored()).extracting(Event::sequence).isSorted().doesNotHaveDuplicates();
    assertThat(store.stored().get(0).sequence()).isEqualTo(1);
  }

  @Test
  void keepsEventsInOrderAndSaysSo() {
    driftAndApply();
    kit.runFor(MINUTE);

    assertThat(store.types())
        .containsExactly("revision_adopted", "drift_detected", "drift_remediated");
    assertStoredOnceInOrder();
    assertThat(status()).isEqualTo(new EventStoreStatus(0, 3, 0, "", Optional.empty()));
  }

  @Test
  void goesOnDuringAnOutageOfTenMinutesAndFillsTheStoreAfterIt() {
    driftAndApply();
    kit.runFor(MINUTE);
    store.isFull();
    for (int minute = 0; minute < 10; minute++) {
      driftAndApply();
      kit.runFor(MINUTE);
    }

    assertThat(status().pending())
        .as("of 10 minutes, of the failure, its incident and the task that is undone")
        .isEqualTo(23);
    assertThat(status().lastError()).isEqualTo("IOException: no space left on device");
    assertThat(status().nextTry()).isPresent();
    assertThat(incidents()).containsExactly(EventTypes.EVENT_STORE_FAILING);
    assertThat(alerts()).containsExactly("event_store_failing open");
    assertThat(store.calls()).as("tries in 10 minutes, ever rarer").isBetween(12, 16);

    store.works();
    kit.runFor(MINUTE);

    assertStoredOnceInOrder();
    assertThat(store.types()).filteredOn("drift_remediated"::equals).hasSize(11);
    assertThat(store.types()).contains("event_store_failing", "event_store_failing_resolved");
    assertThat(status().pending()).isZero();
    assertThat(status().dropped()).isZero();
    assertThat(status().lastError()).isEmpty();
    assertThat(incidents()).isEmpty();
    assertThat(alerts())
        .containsExactly("event_store_failing open", "event_store_failing_resolved closed");
  }

  @Test
  void dropsTheOldestOfMoreThanTenThousandAndSaysHowMany() {
    driftAndApply();
    store.isFull();
    for (int i = 0; i < 5_100; i++) {
      driftAndApply();
    }
    long dropped = status().dropped();
    assertThat(status().pending()).isEqualTo(10_000);
    assertThat(dropped).isPositive();

    store.works();
    kit.runFor(MINUTE);

    List<Event> marks =
        store.stored().stream().filter(e -> e.type().equals(EventTypes.EVENTS_DROPPED)).toList();
    assertThat(marks).hasSize(1);
    assertThat(kit.events()).extracting(Event::cursor).doesNotContain(marks.get(0).cursor());
    assertThat(marks.get(0).field("count")).contains(String.valueOf(dropped));
    assertStoredOnceInOrder();
    assertThat(status().dropped()).isEqualTo(dropped);
    assertThat(kit.reconciler().status().eventsDropped()).as("of subscribers").isZero();
  }

  @Test
  void delaysNothingWhileItHangs() {
    kit.agent("web-02", Map.of()).pair("check a", "fix a").healthy();
    kit.configure(builder -> builder.pollInterval(MINUTE));
    kit.manifest(Pair.task("a"));
    store.does(events -> Later.awaitStubbornly(kit, letGo));
    kit.start().runFor(Duration.ofMinutes(5));

    assertThat(kit.reconciler().status().agent("web-01").task("a").outcome())
        .isEqualTo(Outcome.IN_SYNC);
    assertThat(store.calls()).isEqualTo(1);
    assertThat(status().pending()).isPositive();
    assertThat(status().lastError()).isEqualTo("append(..) did not return within 1 min");
    assertThat(incidents()).containsExactly(EventTypes.EVENT_STORE_FAILING);
    assertThat(kit.reconciler().remove("web-02")).isTrue();
    assertThat(kit.reconciler().events("web-02", 10))
        .as("waits for the store, and can be read")
        .extracting(Event::type)
        .containsExactly("agent_removed");
    assertThat(kit.reconciler().cycle().succeeded()).isTrue();

    letGo.complete(null);
    kit.runFor(MINUTE);
    assertStoredOnceInOrder();
    assertThat(incidents()).isEmpty();
  }

  @Test
  void closesInTimeWhileItHangs() {
    driftAndApply();
    kit.runFor(MINUTE);
    store.does(events -> Later.awaitStubbornly(kit, letGo));
    driftAndApply();
    long before = kit.time().nanoTime();

    kit.reconciler().close();

    assertThat(Duration.ofNanos(kit.time().nanoTime() - before))
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
    assertThat(kit.reconciler().status().eventStore().lastError()).isEmpty();
  }

  @Test
  void isInterruptedAfterAMinuteAndCalledAgain() {
    store.does(events -> kit.time().await(letGo, Duration.ofDays(365)));
    driftAndApply();
    kit.runFor(Duration.ofSeconds(59));
    assertThat(store.calls()).isEqualTo(1);
    assertThat(status().lastError()).isEmpty();

    kit.runFor(Duration.ofSeconds(1));
    assertThat(status().lastError()).isEqualTo("append(..) did not return within 1 min");
    store.works();
    kit.runFor(Duration.ofSeconds(5));

    assertThat(status().lastError()).isEmpty();
    assertStoredOnceInOrder();
  }

  @Test
  void getsAllThatWaitsAtTheEnd() {
    store.does(events -> kit.time().sleep(Duration.ofSeconds(2)));
    driftAndApply();
    driftAndApply();

    kit.reconciler().close();

    assertThat(store.types()).filteredOn("drift_remediated"::equals).hasSize(2);
    assertStoredOnceInOrder();
  }

  @Test
  void isTriedOnceMoreAtTheEndAfterAFailure() {
    store.isFull();
    driftAndApply();
    kit.runFor(MINUTE);
    store.works();

    kit.reconciler().close();

    assertThat(store.types()).contains("drift_remediated");
  }

  @Tag("rule-24")
  @Test
  void mayAskForTheStatusButNotWaitForTheLoop() {
    List<String> refused = new ArrayList<>();
    List<Integer> pending = new ArrayList<>();
    store.does(
        events -> {
          pending.add(kit.reconciler().status().eventStore().pending());
          for (Runnable call :
              List.<Runnable>of(
                  () -> kit.reconciler().cycle(),
                  () -> kit.reconciler().plan(Scope.all()),
                  () -> kit.reconciler().close())) {
            try {
              call.run();
            } catch (IllegalStateException e) {
              refused.add(String.valueOf(e.getMessage()));
            }
          }
        });
    state.broken();
    kit.cycle(Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build());
    kit.runFor(MINUTE);

    assertThat(pending).isNotEmpty().allMatch(events -> events > 0);
    assertThat(refused).hasSize(3 * store.calls()).allMatch(why -> why.contains("from inside"));
  }

  @Test
  void survivesAnError() {
    List<Integer> tries = new ArrayList<>();
    store.does(
        events -> {
          tries.add(events.size());
          if (tries.size() == 1) {
            throw new StackOverflowError();
          }
        });
    driftAndApply();
    kit.runFor(MINUTE);

    assertStoredOnceInOrder();
    assertThat(status().lastError()).isEmpty();
  }

  @Test
  void failsOnlyItsReaderWhenItGivesNull() {
    kit.reconciler();
    FlukeKit other = FlukeKit.create();
    other.configure(
        builder ->
            builder.events(
                new dev.fluke.event.EventStore() {
                  @Override
                  public void append(List<Event> events) {}

                  @Override
                  public List<Event> latest(String agent, int atMost) {
                    return nothing();
                  }
                }));
    other.agent(Agent.named("web"));

    assertThatThrownBy(() -> other.reconciler().events("web", 1))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("latest(..) of the event store returned null");
    other.close();
  }

  @SuppressWarnings("NullAway") // what a store of an application may do
  private static List<Event> nothing() {
    return null;
  }
}
