package dev.fluke.reconcile.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingCycleTest {
  private static PendingCycle<String, String> cycle(String... agents) {
    return new PendingCycle<>(List.of(agents), parts -> String.join(",", parts));
  }

  @Test
  void isDoneAtOnceWithoutAgents() {
    assertThat(cycle().result()).isCompletedWithValue("");
  }

  @Test
  void waitsForTheLastAgent() {
    PendingCycle<String, String> cycle = cycle("a", "b");

    cycle.done("a", List.of("a1"));
    assertThat(cycle.result()).isNotDone();
    cycle.done("b", List.of());

    assertThat(cycle.result()).isCompletedWithValue("a1");
  }

  @Test
  void ordersPartsByNameOfAgent() {
    PendingCycle<String, String> cycle = cycle("b", "c", "a");

    cycle.done("c", List.of("c1", "c2"));
    cycle.done("a", List.of("a1"));
    cycle.done("b", List.of("b1"));

    assertThat(cycle.result()).isCompletedWithValue("a1,b1,c1,c2");
  }

  @Test
  void keepsTheFirstPartOfEachAgentAndIgnoresStrangers() {
    List<List<String>> results = new ArrayList<>();
    PendingCycle<String, List<String>> cycle =
        new PendingCycle<>(
            List.of("a", "b"),
            parts -> {
              results.add(parts);
              return parts;
            });

    cycle.done("a", List.of("first"));
    cycle.done("a", List.of("second"));
    cycle.done("stranger", List.of("x"));
    assertThat(cycle.result()).isNotDone();
    cycle.done("b", List.of("b1"));
    cycle.done("b", List.of("again"));

    assertThat(results).containsExactly(List.of("first", "b1"));
  }
}
