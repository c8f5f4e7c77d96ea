package dev.fluke.tests.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.event.Event;
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

/** Which events subscribers get, and that no subscriber delays the loop or another one. */
@Tag("rule-29")
class EventsTest {

  @Tag("R20")
  @Test
  void recordsAnApplyUnderRemediate() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of("role", "web"));
      web.pair("check a", "fix a").broken();

      kit.cycle(Pair.task("a"));

      assertThat(kit.reconciler().events("web-01", 10))
          .extracting(Event::type)
          .containsExactly("drift_detected", "drift_remediated");
      assertThat(kit.reconciler().events("web-01", 10).get(1).field("outcome")).contains("success");
      assertThat(kit.reconciler().events("web-01", 10).get(0).toJson())
          .contains(
              "\"agent\":{\"name\":\"web-01\",\"labels\":{\"role\":\"web\"}},\"task\":\"a\","
                  + "\"policy\":\"remediate\",\"remediation_status\":\"in_progress\"");
    }
  }

  @Tag("S10")
  @Test
  void numbersEventsInOrderWhenTheWallClockGoesBack() {
    try (FlukeKit kit = FlukeKit.create()) {
      var state = kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
      kit.cycle(Pair.task("a"));
      kit.time().jumpWallClock(Duration.ofHours(-2));
      state.broken();
      kit.cycle();

      List<Long> sequences = kit.events().stream().map(Event::sequence).toList();
      for (int i = 0; i < sequences.size(); i++) {
        assertThat(sequences.get(i)).isEqualTo(i + 1L);
      }
    }
  }

  @Tag("E01")
  @Test
  void keepsGoingWhenASubscriberThrows() {
    try (FlukeKit kit = FlukeKit.create()) {
      List<Event> heard = new ArrayList<>();
      kit.configure(
          builder ->
              builder
                  .subscriber(
                      event -> {
                        throw new AssertionError("on each event");
                      })
                  .subscriber(heard::add));
      var state = kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
      kit.cycle(Pair.task("a"));
      state.broken();

      assertThat(kit.cycle().succeeded()).isTrue();

      kit.runFor(Duration.ofSeconds(1));
      assertThat(heard)
          .extracting(Event::sequence)
          .isEqualTo(kit.events().stream().map(Event::sequence).toList());
    }
  }

  @Tag("E01")
  @Test
  void keepsGoingWhenASubscriberThrowsAnErrorOnTheThirdEvent() {
    try (FlukeKit kit = FlukeKit.create()) {
      List<Long> heard = new ArrayList<>();
      kit.configure(
          builder ->
              builder.subscriber(
                  event -> {
                    heard.add(event.sequence());
                    if (heard.size() == 3) {
                      throw new StackOverflowError();
                    }
                  }));
      var state = kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
      kit.cycle(Pair.task("a"));
      state.broken();
      kit.cycle();
      kit.runFor(Duration.ofSeconds(1));

      assertThat(heard).containsExactly(1L, 2L, 3L, 4L, 5L);
      assertThat(kit.reconciler().status().eventsDropped()).isZero();
    }
  }

  @Tag("E01")
  @Test
  void letsASubscriberEndItselfAndAddAnother() {
    try (FlukeKit kit = FlukeKit.create()) {
      List<Long> first = new ArrayList<>();
      List<Long> second = new ArrayList<>();
      List<Boolean> interrupted = new ArrayList<>();
      List<AutoCloseable> own = new ArrayList<>();
      var state = kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
      own.add(
          kit.reconciler()
              .subscribe(
                  event -> {
                    first.add(event.sequence());
                    own.get(0).close();
                    interrupted.add(Thread.currentThread().isInterrupted());
                    own.add(kit.reconciler().subscribe(later -> second.add(later.sequence())));
                  }));
      kit.cycle(Pair.task("a"));
      kit.runFor(Duration.ofSeconds(1));
      state.broken();
      kit.cycle();
      kit.runFor(Duration.ofSeconds(1));

      assertThat(first).containsExactly(1L);
      assertThat(interrupted).containsExactly(false);
      assertThat(second).endsWith(4L, 5L).isSorted().doesNotHaveDuplicates().doesNotContain(1L);
    }
  }

  @Tag("rule-31")
  @Test
  void givesSubscribersWhatWaitsForThemAtTheEnd() {
    FlukeKit kit = FlukeKit.create();
    List<String> heard = new ArrayList<>();
    kit.configure(
        builder ->
            builder.subscriber(
                event -> {
                  kit.time().sleep(Duration.ofSeconds(1));
                  heard.add(event.type());
                }));
    kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
    kit.cycle(Pair.task("a"));
    long before = kit.time().nanoTime();

    kit.close();

    assertThat(heard).containsExactly("revision_adopted", "drift_detected", "drift_remediated");
    assertThat(Duration.ofNanos(kit.time().nanoTime() - before)).isEqualTo(Duration.ofSeconds(3));
  }

  @Tag("E02")
  @Test
  void dropsTheOldestEventsOfASlowSubscriber() {
    try (FlukeKit kit = FlukeKit.create()) {
      CompletableFuture<Void> wake = new CompletableFuture<>();
      List<Event> heard = new ArrayList<>();
      kit.configure(
          builder ->
              builder.subscriber(
                  event -> {
                    heard.add(event);
                    kit.time().await(wake, Duration.ofDays(365));
                  }));
      var state = kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
      kit.cycle(Pair.task("a"));
      for (int i = 0; i < 600; i++) {
        state.broken();
        assertThat(kit.cycle().succeeded()).isTrue();
      }
      long told = kit.events().size();
      long dropped = kit.reconciler().status().eventsDropped();
      assertThat(dropped).isEqualTo(told - 1 - 1_000);

      wake.complete(null);
      kit.runFor(Duration.ofSeconds(1));

      assertThat(heard).hasSize((int) (told - dropped + 1));
      assertThat(heard.get(heard.size() - 1)).isEqualTo(kit.events().get((int) told - 1));
      assertThat(heard)
          .filteredOn(event -> event.type().equals("events_dropped"))
          .singleElement()
          .extracting(event -> event.field("count").orElse(""))
          .isEqualTo("" + dropped);
    }
  }

  @Tag("rule-24")
  @Tag("E02")
  @Test
  void refusesASubscriberThatWaitsForTheLoop() {
    try (FlukeKit kit = FlukeKit.create()) {
      List<String> refused = new ArrayList<>();
      kit.configure(
          builder ->
              builder.subscriber(
                  event -> {
                    try {
                      kit.reconciler().close();
                    } catch (IllegalStateException e) {
                      refused.add(e.getMessage());
                    }
                  }));
      kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();

      assertThat(kit.cycle(Pair.task("a")).succeeded()).isTrue();
      kit.runFor(Duration.ofSeconds(1));

      assertThat(refused).isNotEmpty().allMatch(message -> message.contains("inside the loop"));
    }
  }
}
