package dev.fluke.reconcile.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Selector;
import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertFilter;
import dev.fluke.alert.AlertSink;
import dev.fluke.event.Event;
import dev.fluke.event.EventStore;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.config.AlertRoute;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.testkit.VirtualTime;
import dev.fluke.tests.alert.Receiver;
import dev.fluke.tests.support.Pair;
import dev.fluke.tests.support.Starving;
import dev.fluke.tests.support.Uncancellable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sinks that hang, throw what they like, or can't even say their name: each hurts only itself. */
@Tag("rule-27")
@Tag("rule-29")
class SinkDeliveryTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Task TASK = Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build();

  private static FakeState broken(FlukeKit kit) {
    return kit.agent("web-01", Map.of("role", "web")).pair("check a", "fix a").broken();
  }

  @Test
  void interruptsSinkAfterMinuteAndRetries() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver receiver = Receiver.of(kit).takes(Duration.ofDays(365));
      broken(kit);
      kit.cycle(TASK);
      kit.runFor(MINUTE.minusNanos(1));
      assertThat(Receiver.status(kit).lastError()).isEmpty();
      kit.runFor(Duration.ofNanos(1));
      assertThat(Receiver.status(kit).lastError()).isEqualTo("did not return within 1 min");
      receiver.works();
      kit.runFor(MINUTE);

      assertThat(receiver.waits()).hasSize(1);
      assertThat(receiver.waits().get(0)).isBetween(MINUTE.plusMillis(4500), MINUTE.plusSeconds(5));
      assertThat(receiver.took()).hasSize(1);
      assertThat(Receiver.status(kit).lastError()).isEmpty();
    }
  }

  @Test
  void isolatesSinkThatIgnoresItsInterrupt() {
    try (FlukeKit kit = FlukeKit.create()) {
      CompletableFuture<Void> letGo = new CompletableFuture<>();
      Receiver deaf = Receiver.of(kit).hangsUntil(letGo);
      Receiver other = Receiver.of(kit);
      FakeState state = broken(kit);
      kit.cycle(TASK);
      for (int i = 0; i < 5; i++) {
        kit.runFor(MINUTE);
        kit.reconciler().reconcile(Scope.task("a"));
        state.broken();
        kit.cycle();
      }
      kit.runFor(MINUTE);

      assertThat(deaf.tried()).hasSize(1);
      assertThat(Receiver.status(kit).pending()).isEqualTo(kit.alerts().size());
      assertThat(other.took()).extracting(Alert::id).isEqualTo(ids(kit.alerts()));
      letGo.complete(null);
      kit.runFor(Duration.ofMinutes(5));
      assertThat(deaf.took()).extracting(Alert::id).isEqualTo(ids(kit.alerts()));
    }
  }

  private static List<String> ids(List<Alert> alerts) {
    return alerts.stream().map(Alert::id).toList();
  }

  @Test
  void retriesAfterAnyThrowable() {
    List<Throwable> thrown =
        List.of(
            new StackOverflowError(),
            new AssertionError("no"),
            new NoClassDefFoundError("gone"),
            new InterruptedException(),
            new Unspeakable());
    for (Throwable one : thrown) {
      try (FlukeKit kit = FlukeKit.create()) {
        Receiver receiver = Receiver.of(kit).does(alert -> SinkDeliveryTest.<Error>raise(one));
        broken(kit);
        kit.cycle(TASK);
        kit.runFor(Duration.ofSeconds(1));
        assertThat(Receiver.status(kit).lastError()).startsWith(one.getClass().getSimpleName());
        receiver.works();
        kit.runFor(Duration.ofSeconds(5));

        assertThat(receiver.took()).as("%s", one.getClass()).hasSize(1);
      }
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void raise(Throwable it) throws T {
    throw (T) it;
  }

  /** Fails even when it is asked what went wrong. */
  private static final class Unspeakable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no words");
    }
  }

  @Test
  void deliversToSinkWhoseNameFails() {
    try (FlukeKit kit = FlukeKit.create()) {
      Nameless nameless = new Nameless();
      kit.configure(builder -> builder.alerts(nameless));
      broken(kit);
      kit.cycle(TASK);
      kit.runFor(Duration.ofMinutes(10));

      assertThat(nameless.took).hasSize(1);
      assertThat(Receiver.status(kit).name()).isEqualTo(Nameless.class.getName());
      assertThat(Receiver.status(kit).pending()).isZero();
    }
  }

  /** Takes what it is given at the seventh try. */
  private static final class Nameless implements AlertSink {
    private final List<Alert> took = new ArrayList<>();
    private int tries;

    @Override
    public void send(Alert alert) throws Exception {
      if (++tries < 7) {
        throw new IOException("not yet");
      }
      took.add(alert);
    }

    @Override
    public String name() {
      throw new IllegalStateException("who am I");
    }
  }

  @Test
  void sendsOnceThreadsCanBeStartedAgain() {
    VirtualTime time = VirtualTime.seeded(1);
    Starving starving = new Starving(time);
    LoopThread thread = new LoopThread();
    EventRecorder journal = new EventRecorder(time, EventStore.inMemory(10), thread);
    List<Alert> took = new ArrayList<>();
    SinkDelivery delivery =
        new SinkDelivery(
            new AlertRoute(took::add, AlertFilter.everything()), starving, thread, journal);
    starving.startsNothing(true);
    Event event = Event.of(0, time.now(), "drift_detected");
    delivery.offer(1, true, Alert.of(event, "id", "key", false));
    delivery.wake();
    assertThat(delivery.status().lastError()).contains("unable to create native thread");
    starving.startsNothing(false);

    time.runFor(Duration.ofSeconds(5));

    assertThat(took).hasSize(1);
    assertThat(delivery.idle()).isCompleted();
    time.close();
  }

  @Test
  void filtersForEachSinkAndIsolatesBrokenOne() {
    try (FlukeKit kit = FlukeKit.create()) {
      Receiver broken = Receiver.of(kit).isDown();
      AlertFilter ends = AlertFilter.everything().events("drift_remediated", "drift_resolved");
      Receiver onlyEnds = Receiver.of(kit, ends);
      Receiver onlyDb =
          Receiver.of(kit, AlertFilter.everything().agents(Selector.label("role").is("db")));
      Receiver everything = Receiver.of(kit);
      broken(kit);
      kit.agent("db-01", Map.of("role", "db")).pair("check a", "fix a").broken();
      kit.cycle(TASK);
      kit.reconciler().reconcile(Scope.task("a"));
      kit.runFor(Duration.ofMinutes(1));

      assertThat(broken.took()).isEmpty();
      assertThat(onlyEnds.tookEvents()).containsExactly("drift_remediated", "drift_remediated");
      assertThat(onlyDb.took()).hasSize(2).allMatch(a -> a.agent().orElse("").equals("db-01"));
      assertThat(ids(everything.took())).isEqualTo(ids(kit.alerts())).hasSize(4);
      assertThat(kit.reconciler().status().sinks())
          .extracting(sink -> sink.pending())
          .containsExactly(0, 4, 0, 0, 0);
    }
  }

  @Test
  void keepsTwoQueuesForSinkAddedTwice() {
    try (FlukeKit kit = FlukeKit.create()) {
      AlertFilter everything = AlertFilter.everything();
      Receiver receiver = Receiver.of(kit, everything.events("drift_detected"));
      kit.configure(builder -> builder.alerts(receiver, everything));
      broken(kit);
      kit.cycle(TASK);
      kit.reconciler().reconcile(Scope.task("a"));
      kit.runFor(MINUTE);

      assertThat(receiver.tookEvents())
          .containsExactlyInAnyOrder("drift_detected", "drift_detected", "drift_remediated");
      assertThat(receiver.took().stream().map(Alert::id).distinct()).hasSize(2);
    }
  }

  /** A timer's action may have begun when it is cancelled: then it still runs, only later. */
  @Test
  void keepsLateInterruptFromNextAlert() {
    VirtualTime time = VirtualTime.seeded(1);
    Uncancellable late = new Uncancellable(time);
    LoopThread thread = new LoopThread();
    EventRecorder journal = new EventRecorder(late, EventStore.inMemory(10), thread);
    List<String> took = new ArrayList<>();
    AlertSink slow =
        alert -> {
          time.sleep(Duration.ofSeconds(40));
          took.add(alert.id());
        };
    SinkDelivery courier =
        new SinkDelivery(new AlertRoute(slow, AlertFilter.everything()), late, thread, journal);
    for (String id : List.of("1", "2", "3")) {
      Event event = Event.of(0, time.now(), "drift_detected");
      courier.offer(Long.parseLong(id), true, Alert.of(event, id, "key " + id, false));
      courier.wake();
    }
    time.runFor(Duration.ofMinutes(2));

    assertThat(took).containsExactly("1", "2", "3");
    time.close();
  }
}
