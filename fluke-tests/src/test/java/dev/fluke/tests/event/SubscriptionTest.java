package dev.fluke.tests.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.event.Event;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Later;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Subscribers that are added and closed while the reconciler works. */
@Tag("rule-29")
class SubscriptionTest {

  private static FakeState one(FlukeKit kit) {
    FakeState state = kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
    kit.manifest(Pair.task("a"));
    return state;
  }

  @Test
  void deliversEventsFromSubscribeToClose() throws Exception {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = one(kit);
      kit.cycle();
      int before = kit.events().size();
      List<Event> heard = new ArrayList<>();
      AutoCloseable subscription = kit.reconciler().subscribe(heard::add);
      state.broken();
      kit.cycle();
      kit.runFor(Duration.ofSeconds(1));
      assertThat(heard).isEqualTo(kit.events().subList(before, kit.events().size())).isNotEmpty();
      int then = heard.size();

      subscription.close();
      subscription.close();
      state.broken();
      kit.cycle();
      kit.runFor(Duration.ofSeconds(1));

      assertThat(heard).hasSize(then);
    }
  }

  @Test
  void closesBeforeTheFirstEvent() throws Exception {
    try (FlukeKit kit = FlukeKit.create()) {
      List<Event> heard = new ArrayList<>();
      kit.reconciler().subscribe(heard::add).close();
      one(kit);

      kit.cycle();

      assertThat(heard).isEmpty();
    }
  }

  @Test
  void countsDroppedEventsAfterClose() throws Exception {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeState state = one(kit);
      CompletableFuture<Void> never = new CompletableFuture<>();
      List<String> ended = new ArrayList<>();
      AutoCloseable subscription =
          kit.reconciler()
              .subscribe(
                  event -> {
                    try {
                      kit.time().await(never, Duration.ofDays(365));
                    } catch (InterruptedException e) {
                      ended.add("interrupted");
                    }
                  });
      for (int i = 0; i < 510; i++) {
        state.broken();
        kit.cycle();
      }
      long dropped = kit.reconciler().status().eventsDropped();
      assertThat(dropped).isEqualTo(kit.events().size() - 1 - 1_000);

      subscription.close();
      kit.runFor(Duration.ofSeconds(1));

      assertThat(ended).containsExactly("interrupted");
      assertThat(kit.time().parkedWork()).isEmpty();
      assertThat(kit.reconciler().status().eventsDropped()).isEqualTo(dropped);
    }
  }

  @Test
  void reportsDroppedEventsInTheirPlace() {
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
      FakeState state = one(kit);
      for (int i = 0; i < 510; i++) {
        state.broken();
        kit.cycle();
      }

      wake.complete(null);
      kit.runFor(Duration.ofSeconds(1));

      assertThat(heard).extracting(Event::sequence).isSorted().doesNotHaveDuplicates();
      assertThat(heard.get(1).type()).isEqualTo("events_dropped");
      assertThat(heard.get(1).sequence()).isEqualTo(heard.get(2).sequence() - 1);
    }
  }

  @Tag("rule-31")
  @Test
  void interruptsAHangingSubscriberAtClose() {
    FlukeKit kit = FlukeKit.create();
    List<String> ended = new ArrayList<>();
    kit.configure(
        builder ->
            builder.subscriber(
                event -> {
                  try {
                    kit.time().sleep(Duration.ofDays(365));
                  } catch (InterruptedException e) {
                    ended.add(event.type());
                  }
                }));
    one(kit);
    kit.cycle();

    kit.close();

    assertThat(ended).containsExactly("revision_adopted");
  }

  @Tag("rule-24")
  @Test
  void letsThreadsOfTheLoopWaitForItLater() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.subscriber(event -> {}));
      one(kit);
      kit.cycle();
      kit.runFor(Duration.ofSeconds(1));
      List<CompletableFuture<Boolean>> plans = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        plans.add(Later.call(kit, () -> kit.reconciler().plan(Scope.all()).isInSync()));
      }

      kit.runFor(Duration.ofSeconds(1));

      assertThat(plans).allMatch(plan -> plan.join());
    }
  }

  @Test
  void logsFailuresOfASubscriberOnceAMinute() {
    java.io.PrintStream stderr = System.err;
    var logged = new java.io.ByteArrayOutputStream();
    try (FlukeKit kit = FlukeKit.create()) {
      System.setErr(new java.io.PrintStream(logged, true, java.nio.charset.StandardCharsets.UTF_8));
      kit.configure(
          builder ->
              builder.subscriber(
                  event -> {
                    throw new IllegalStateException("it fails");
                  }));
      FakeState state = one(kit);
      kit.runFor(Duration.ofSeconds(7));
      kit.cycle();
      kit.runFor(Duration.ofSeconds(59));
      state.broken();
      kit.cycle();
      kit.runFor(Duration.ofSeconds(1).minusNanos(1));
      assertThat(complaints(logged)).isEqualTo(1);

      kit.runFor(Duration.ofNanos(1));
      state.broken();
      kit.cycle();
      kit.runFor(Duration.ofSeconds(1));

      assertThat(complaints(logged)).isEqualTo(2);
      assertThat(logged.toString(java.nio.charset.StandardCharsets.UTF_8))
          .contains("subscriber dev.fluke.tests.event.SubscriptionTest$", "it fails");
    } finally {
      System.setErr(stderr);
    }
  }

  private static int complaints(java.io.ByteArrayOutputStream logged) {
    String text = logged.toString(java.nio.charset.StandardCharsets.UTF_8);
    return text.split("failed; it stays subscribed", -1).length - 1;
  }
}
