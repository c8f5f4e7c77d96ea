package dev.fluke.reconcile.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertFilter;
import dev.fluke.alert.AlertRejectedException;
import dev.fluke.alert.AlertSink;
import dev.fluke.alert.RetryLaterException;
import dev.fluke.event.Event;
import dev.fluke.event.EventStore;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.reconcile.internal.config.AlertRoute;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.alert.Receiver;
import dev.fluke.tests.support.Pair;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hosts break and heal, agents come and go, and a sink fails, in any order. */
@Tag("rule-27")
@Tag("W02")
class AlertsByChanceTest {
  /** {@code scripts/prove seeds} tries ten thousand. */
  private static final int SEEDS = Integer.getInteger("fluke.test.seeds", 300);

  private static final List<String> AGENTS = List.of("web-0", "web-1", "web-2");

  @Test
  void everyAlertArrivesInOrderUnlessItsIncidentWasNeverHeardOf() {
    int forgotten = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      try (FlukeKit kit = FlukeKit.create(seed)) {
        Receiver receiver = Receiver.of(kit);
        happens(kit, receiver, new Random(seed));
        receiver.works();
        kit.runFor(Duration.ofHours(2));

        assertThat(Receiver.status(kit).pending()).as("seed %s", seed).isZero();
        assertThat(Receiver.status(kit).dropped()).as("seed %s", seed).isZero();
        for (var told : byKey(kit.alerts()).entrySet()) {
          Set<String> took = idsOf(receiver.took(), told.getKey());
          compare(seed, told.getValue(), took);
          forgotten += told.getValue().size() - took.size();
        }
      }
    }
    assertThat(forgotten).as("some were never heard of").isPositive();
  }

  @Test
  @Timeout(60)
  void betweenRealThreadsNoWakeUpIsLost() throws Exception {
    try (Scheduler scheduler = Scheduler.system()) {
      LoopThread thread = new LoopThread();
      EventRecorder journal = new EventRecorder(scheduler, EventStore.inMemory(10), thread);
      Map<String, CompletableFuture<Alert>> taken = new ConcurrentHashMap<>();
      AlertSink sink =
          alert -> {
            CompletableFuture<Alert> waited = taken.get(alert.id());
            if (waited == null || !waited.complete(alert)) {
              throw new AssertionError("sent twice: " + alert.id());
            }
          };
      SinkDelivery courier =
          new SinkDelivery(
              new AlertRoute(sink, AlertFilter.everything()), scheduler, thread, journal);
      List<CompletableFuture<Void>> done = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        long first = i * 10_000L;
        CompletableFuture<Void> offered = new CompletableFuture<>();
        done.add(offered);
        scheduler.start("offers", () -> offerOneByOne(courier, first, taken, offered));
      }
      CompletableFuture.allOf(done.toArray(CompletableFuture<?>[]::new)).get(50, TimeUnit.SECONDS);

      assertThat(courier.status().delivered()).isBetween(7_990L, 8_000L);
    }
  }

  /** Each when the one before it was taken, so that the courier falls idle again and again. */
  private static void offerOneByOne(
      SinkDelivery courier,
      long first,
      Map<String, CompletableFuture<Alert>> taken,
      CompletableFuture<Void> done) {
    for (long number = first; number < first + 2_000; number++) {
      CompletableFuture<Alert> wanted = new CompletableFuture<>();
      String id = "id " + number;
      taken.put(id, wanted);
      Event event = Event.of(0, Instant.EPOCH, "drift_detected");
      courier.offer(number, true, Alert.of(event, id, "key " + number, false));
      courier.wake();
      wanted.join();
    }
    done.complete(null);
  }

  private static void happens(FlukeKit kit, Receiver receiver, Random random) {
    List<FakeState> states = new ArrayList<>();
    for (String name : AGENTS) {
      var host = kit.agent(name, Map.of());
      states.add(host.pair("check a", "fix a").healthy());
      states.add(host.pair("check b", "fix b").healthy());
    }
    declare(kit, DriftPolicy.REMEDIATE_AND_ALERT, DriftPolicy.ALERT_ONLY);
    for (int i = 0; i < 40; i++) {
      int what = random.nextInt(20);
      FakeState state = states.get(random.nextInt(states.size()));
      if (what < 8) {
        state.broken();
      } else if (what < 14) {
        state.healthy();
      } else if (what < 15) {
        state.checkAnswers(75);
      } else if (what < 16) {
        state.applyFails(1);
      } else if (what < 17) {
        state.applyWorks();
      } else if (what < 18) {
        leavesAndComesBack(kit, random.nextInt(AGENTS.size()));
      } else {
        DriftPolicy[] all = DriftPolicy.values();
        declare(kit, all[random.nextInt(all.length)], all[random.nextInt(all.length)]);
      }
      misbehave(kit, receiver, random);
      kit.cycle();
      kit.runFor(Duration.ofSeconds(random.nextInt(random.nextBoolean() ? 10 : 1_500)));
    }
  }

  private static void declare(FlukeKit kit, DriftPolicy a, DriftPolicy b) {
    kit.manifest(Pair.builder("a").onDrift(a).build(), Pair.builder("b").onDrift(b).build());
  }

  private static void leavesAndComesBack(FlukeKit kit, int number) {
    kit.reconciler().remove(AGENTS.get(number));
    kit.time().runUntilIdle();
    kit.reconciler().put(Agent.named(AGENTS.get(number), kit.hosts().get(number)));
  }

  private static void misbehave(FlukeKit kit, Receiver receiver, Random random) {
    int how = random.nextInt(8);
    receiver.does(
        alert -> {
          switch (how) {
            case 0, 1 -> throw new IOException("503");
            case 2 -> throw new AlertRejectedException("400");
            case 3 -> throw new RetryLaterException("429", Duration.ofSeconds(90));
            case 4 -> kit.time().sleep(Duration.ofMinutes(2));
            case 5 -> kit.time().sleep(Duration.ofSeconds(7));
            default -> {}
          }
        });
  }

  private static Map<String, List<Alert>> byKey(List<Alert> alerts) {
    return alerts.stream().collect(Collectors.groupingBy(Alert::key));
  }

  /** In the order in which they were taken, each when it was taken first. */
  private static Set<String> idsOf(List<Alert> took, String key) {
    return took.stream()
        .filter(alert -> alert.key().equals(key))
        .map(Alert::id)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What is missing is nothing but whole incidents in which nothing was applied. */
  private static void compare(long seed, List<Alert> told, Set<String> took) {
    List<String> taken = told.stream().map(Alert::id).filter(took::contains).toList();
    assertThat(took).as("seed %s", seed).containsExactlyElementsOf(taken);
    StringBuilder missing = new StringBuilder();
    for (Alert alert : told) {
      missing.append(took.contains(alert.id()) ? "taken" : alert.event()).append(' ');
    }
    assertThat(missing.toString())
        .as("seed %s", seed)
        .matches("(taken |drift_detected drift_resolved |check_unknown check_unknown_resolved )*");
  }
}
