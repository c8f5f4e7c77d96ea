package dev.fluke.tests.acting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.executor.CheckResult;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.reconcile.ReconcilerBuilder;
import dev.fluke.testkit.VirtualTime;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Starving;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No thread can be had for a while: nothing stays busy, owed or silent for good. */
class StarvedThreadsTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final Starving starving = new Starving(time);
  private final Set<String> checked = new TreeSet<>();
  private final List<String> alerts = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private int polls;
  private boolean drifted;

  private Reconciler reconciler() {
    Task task =
        Task.named("t")
            .on(Selector.everyAgent())
            .onDrift(DriftPolicy.ALERT_ONLY)
            .step(
                "s",
                Doing.check(
                    host -> {
                      checked.add(host.agent());
                      return drifted ? CheckResult.drifted("x", "a", "b") : CheckResult.inSync();
                    }))
            .build();
    Manifest manifest = Manifest.of(task);
    ReconcilerBuilder builder =
        Reconciler.builder()
            .scheduler(starving)
            .pollInterval(Duration.ofSeconds(1))
            .alerts(alert -> alerts.add(alert.event()))
            .subscriber(event -> heard.add(event.type()))
            .manifest(
                () -> {
                  polls++;
                  return manifest;
                });
    for (int i = 0; i < 10; i++) {
      builder.agent(Agent.named("a" + i));
    }
    return builder.build();
  }

  @Test
  void checksAllAgentsAgainAfterThreeSecondsWithoutThreads() {
    Reconciler reconciler = reconciler();
    reconciler.start();
    time.runFor(Duration.ofSeconds(10));

    starving.startsNothing(true);
    reconciler.checkNow();
    time.runFor(Duration.ofSeconds(3));
    starving.startsNothing(false);
    time.runFor(Duration.ofSeconds(3));
    checked.clear();
    time.runFor(Duration.ofSeconds(3));

    assertThat(checked).hasSize(10);
    reconciler.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fluke-check", "fluke-alerts", "fluke-subscriber", "fluke-source"})
  void goesOnAfterOneThreadThatDidNotStart(String name) {
    Reconciler reconciler = reconciler();
    reconciler.start();
    time.runFor(Duration.ofSeconds(10));
    drifted = true;

    starving.failsOnce(name);
    time.runFor(Duration.ofSeconds(5));
    int polled = polls;
    time.runFor(Duration.ofSeconds(5));

    assertThat(starving.failed()).as("a start of %s failed", name).isTrue();
    assertThat(alerts).hasSize(10).containsOnly("drift_detected");
    assertThat(heard).contains("drift_detected");
    assertThat(polls).isGreaterThan(polled);
    reconciler.close();
    assertThat(starving.isClosed()).isTrue();
  }

  @Test
  void closesWhileNoThreadCanBeHad() {
    Reconciler reconciler = reconciler();
    reconciler.start();
    time.runFor(Duration.ofSeconds(10));
    starving.startsNothing(true);
    reconciler.checkNow();
    long before = time.nanoTime();

    reconciler.close();

    assertThat(Duration.ofNanos(time.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
  }
}
