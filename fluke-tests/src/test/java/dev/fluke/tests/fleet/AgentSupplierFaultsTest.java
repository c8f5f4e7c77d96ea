package dev.fluke.tests.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Later;
import dev.fluke.tests.support.Pair;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Suppliers of agents that throw, hang, or give what is no fleet: the last fleet stays. */
class AgentSupplierFaultsTest {
  private static List<String> names(FlukeKit kit) {
    return kit.reconciler().status().agents().stream().map(AgentStatus::name).toList();
  }

  private static FakeHost healthy(String name) {
    FakeHost host = FakeHost.named(name);
    host.pair("check a", "fix a").healthy();
    return host;
  }

  /** What a supplier does; a null stands for an answer that a user's code should not give. */
  private static FlukeKit supplied(AtomicReference<Callable<List<Agent>>> answer) {
    FlukeKit kit = FlukeKit.create();
    kit.configure(
        builder ->
            builder.agents(
                () -> {
                  try {
                    return answer.get().call();
                  } catch (Exception e) {
                    throw new IllegalStateException("no inventory", e);
                  }
                }));
    kit.manifest(Pair.task("a"));
    return kit;
  }

  private static List<String> kept(FlukeKit kit) {
    return kit.events().stream()
        .filter(event -> event.type().equals("agents_kept"))
        .map(event -> event.field("message").orElse(""))
        .toList();
  }

  private static String lastError(FlukeKit kit) {
    return kit.reconciler().status().agentSupplier().orElseThrow().lastError();
  }

  @Tag("L06")
  @Test
  void keepsFleetWhenSupplierSuddenlyGivesNothing() {
    List<Agent> fleet = List.of(Agent.named("a", healthy("h1")), Agent.named("b", healthy("h2")));
    AtomicReference<Callable<List<Agent>>> answer = new AtomicReference<>(() -> fleet);
    try (FlukeKit kit = supplied(answer)) {
      kit.start().runFor(Duration.ofMinutes(2));
      assertThat(lastError(kit)).isEmpty();

      answer.set(List::of);
      kit.runFor(Duration.ofMinutes(1));
      assertThat(names(kit)).containsExactly("a", "b");
      assertThat(kept(kit)).containsExactly("the supplier of agents lost 2 of 2");
      assertThat(lastError(kit)).isEqualTo("the supplier of agents lost 2 of 2");
      kit.runFor(Duration.ofMinutes(1));

      assertThat(names(kit)).as("said twice").isEmpty();
      assertThat(lastError(kit)).isEmpty();
    }
  }

  @Tag("L06")
  @Test
  void countsTwoLossesOnlyIfNoFailureIsBetween() {
    List<Agent> fleet = List.of(Agent.named("a", healthy("h1")));
    AtomicReference<Callable<List<Agent>>> answer = new AtomicReference<>(() -> fleet);
    try (FlukeKit kit = supplied(answer)) {
      kit.start();
      for (int i = 0; i < 5; i++) {
        answer.set(List::of);
        kit.runFor(Duration.ofMinutes(1));
        answer.set(
            () -> {
              throw new IOException("down");
            });
        kit.runFor(Duration.ofMinutes(1));
      }

      assertThat(names(kit)).containsExactly("a");
    }
  }

  @Tag("L06")
  @Test
  void keepsFleetWhenAnswerIsNoFleet() {
    Agent a = Agent.named("a", healthy("h1"));
    List<Agent> withNull = new ArrayList<>();
    withNull.add(a);
    withNull.add(null);
    AtomicReference<List<Agent>> none = new AtomicReference<>();
    Map<Callable<List<Agent>>, String> answers =
        Map.of(
            none::get,
            "the supplier of agents returned null",
            () -> withNull,
            "the supplier of agents returned null among its agents",
            () -> List.of(a, a),
            "IllegalArgumentException: agents: two agents named 'a'; agent names are unique,"
                + " case aside",
            () -> {
              throw new StackOverflowError();
            },
            "StackOverflowError");
    answers.forEach(
        (bad, why) -> {
          AtomicReference<Callable<List<Agent>>> answer = new AtomicReference<>(() -> List.of(a));
          try (FlukeKit kit = supplied(answer)) {
            kit.start();
            answer.set(bad);
            kit.runFor(Duration.ofMinutes(5));

            assertThat(names(kit)).as(why).containsExactly("a");
            assertThat(kept(kit)).singleElement().asString().startsWith(why);
            assertThat(lastError(kit)).startsWith(why);
          }
        });
  }

  @Tag("L06")
  @Test
  void buildsThoughSupplierFailsAtFirst() {
    Agent a = Agent.named("a", healthy("h1"));
    AtomicReference<Callable<List<Agent>>> answer =
        new AtomicReference<>(
            () -> {
              throw new IOException("down");
            });
    try (FlukeKit kit = supplied(answer)) {
      assertThat(names(kit)).isEmpty();
      assertThat(lastError(kit)).isEqualTo("IllegalStateException: no inventory");

      answer.set(() -> List.of(a));
      kit.start().runFor(Duration.ofSeconds(1));

      assertThat(names(kit)).containsExactly("a");
      assertThat(kit.reconciler().status().agent("a").tasks()).hasSize(1);
      assertThat(kit.reconciler().status().agentSupplier().orElseThrow().answeredAt()).isPresent();
    }
  }

  @Tag("L06")
  @Test
  void buildsWithinHalfAMinuteThoughSupplierHangs() {
    Agent a = Agent.named("a", healthy("h1"));
    CompletableFuture<Void> letGo = new CompletableFuture<>();
    AtomicReference<Callable<List<Agent>>> answer = new AtomicReference<>();
    FlukeKit kit = supplied(answer);
    answer.set(
        () -> {
          Later.awaitStubbornly(kit, letGo);
          return List.of(a);
        });
    long before = kit.time().nanoTime();

    assertThat(names(kit)).isEmpty();
    assertThat(Duration.ofNanos(kit.time().nanoTime() - before)).isEqualTo(Duration.ofSeconds(30));
    kit.start().runFor(Duration.ofHours(1));
    assertThat(lastError(kit)).isEqualTo("the supplier of agents has not answered for 30 s");
    assertThat(kept(kit)).hasSize(1);
    letGo.complete(null);
    kit.runFor(Duration.ofSeconds(1));

    assertThat(names(kit)).containsExactly("a");
    assertThat(lastError(kit)).isEmpty();
    kit.close();
  }

  @Tag("L06")
  @Test
  void interruptsSupplierAfterFiveMinutes() {
    Agent a = Agent.named("a", healthy("h1"));
    AtomicReference<Callable<List<Agent>>> answer = new AtomicReference<>(() -> List.of(a));
    try (FlukeKit kit = supplied(answer)) {
      kit.start();
      answer.set(
          () -> {
            kit.time().sleep(Duration.ofDays(1));
            return List.of();
          });
      kit.runFor(Duration.ofMinutes(4));
      answer.set(() -> List.of(a, Agent.named("b", healthy("h2"))));
      kit.runFor(Duration.ofMinutes(4));

      assertThat(names(kit)).containsExactly("a", "b");
    }
  }
}
