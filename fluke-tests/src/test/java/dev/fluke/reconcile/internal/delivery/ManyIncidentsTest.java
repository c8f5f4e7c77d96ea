package dev.fluke.reconcile.internal.delivery;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertFilter;
import dev.fluke.alert.AlertRejectedException;
import dev.fluke.alert.AlertSink;
import dev.fluke.event.Event;
import dev.fluke.event.EventStore;
import dev.fluke.executor.CheckResult;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.reconcile.internal.config.AlertRoute;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.report.FleetStatus.SinkStatus;
import dev.fluke.testkit.VirtualTime;
import dev.fluke.tests.support.Doing;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole fleet drifts at once: each agent is told, and no queue grows without bound. */
@Tag("rule-27")
@Tag("rule-29")
class ManyIncidentsTest {
  private static final int AGENTS = 10_000;
  private static final long MIB = 1024 * 1024;

  private final List<Alert> took = new ArrayList<>();
  private final VirtualTime time = VirtualTime.seeded(1);
  private volatile AlertSink sink = took::add;

  private Reconciler fleet() {
    Task task =
        Task.named("a")
            .on(everyAgent())
            .onDrift(DriftPolicy.ALERT_ONLY)
            .step("step", Doing.check(host -> CheckResult.drifted("it", "good", "bad")))
            .build();
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < AGENTS; i++) {
      agents.add(Agent.named("agent-" + i));
    }
    return Reconciler.builder()
        .scheduler(time)
        .agents(agents)
        .manifest(Manifest.of(task))
        .alerts(alert -> sink.send(alert))
        .build();
  }

  private static SinkStatus status(Reconciler reconciler) {
    return reconciler.status().sinks().get(0);
  }

  @Test
  @Timeout(60)
  void eachIsToldOnceAndNoneIsDropped() {
    try (Reconciler reconciler = fleet()) {
      reconciler.cycle();
      time.runFor(Duration.ofMinutes(1));

      assertThat(took).hasSize(AGENTS);
      assertThat(took).extracting(Alert::id).doesNotHaveDuplicates();
      assertThat(took).extracting(Alert::key).doesNotHaveDuplicates();
      assertThat(took).extracting(Alert::agent).doesNotHaveDuplicates();
      assertThat(status(reconciler).dropped()).isZero();
      assertThat(reconciler.status().incidents()).hasSize(AGENTS);
    }
  }

  @Test
  @Timeout(60)
  void tenThousandOwedAlertsTakeLittleMemoryAndGoWithTheirIncidents() {
    sink =
        alert -> {
          throw new IOException("down");
        };
    try (Reconciler reconciler = fleet()) {
      long before = usedMemory();
      reconciler.cycle();
      time.runFor(Duration.ofMinutes(5));
      long with = usedMemory();

      assertThat(status(reconciler).pending()).isEqualTo(AGENTS);
      assertThat(with - before).isLessThan(64 * MIB);
      reconciler.replaceAll(List.of());
      assertThat(status(reconciler).pending()).isZero();
      assertThat(reconciler.status().incidents()).isEmpty();
    }
  }

  private static long usedMemory() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  @Test
  @Timeout(60)
  void tenThousandRefusedAlertsAreTriedHourlyAndTakenInTheEnd() {
    List<String> tried = new ArrayList<>();
    sink =
        alert -> {
          tried.add(alert.id());
          throw new AlertRejectedException("400");
        };
    LoopThread thread = new LoopThread();
    EventRecorder journal = new EventRecorder(time, EventStore.inMemory(10), thread);
    SinkDelivery courier =
        new SinkDelivery(
            new AlertRoute(alert -> sink.send(alert), AlertFilter.everything()),
            time,
            thread,
            journal);
    for (int i = 0; i < AGENTS; i++) {
      courier.offer(i, true, alert(i));
    }
    courier.wake();
    time.runFor(Duration.ofMinutes(121));
    assertThat(tried).hasSize(3 * AGENTS);
    assertThat(tried.subList(AGENTS, 2 * AGENTS)).isEqualTo(tried.subList(0, AGENTS));
    sink = took::add;
    time.runFor(Duration.ofHours(1));

    assertThat(took).extracting(Alert::id).isEqualTo(tried.subList(0, AGENTS));
    assertThat(courier.status().pending()).isZero();
    time.close();
  }

  private static Alert alert(int number) {
    Event event = Event.of(0, Instant.EPOCH, "drift_detected");
    return Alert.of(event, "id " + number, "key " + number, false);
  }
}
