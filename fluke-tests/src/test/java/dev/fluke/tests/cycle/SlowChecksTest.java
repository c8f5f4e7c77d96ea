package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.executor.CheckResult;
import dev.fluke.manifest.Step;
import dev.fluke.manifest.Task;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Pair;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks known to be slow: asked alone, and after the others. */
@Tag("rule-10")
class SlowChecksTest {
  private static List<List<String>> batchesOfTheSecondCycle(Duration took, Duration limit) {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check first", "fix first").healthy().checkTakes(took);
      web.pair("check second", "fix second").healthy();
      Task first =
          Task.named("first")
              .on(everyAgent())
              .step(Step.named("s", Pair.of("first")).checkTimeout(limit))
              .build();
      kit.cycle(first, Pair.task("second"));
      int before = web.batches().size();

      kit.cycle();

      return web.batches().subList(before, web.batches().size());
    }
  }

  @Tag("rule-7")
  @Test
  void aCheckOfFiveSecondsIsSlowAndOneOfLessIsNot() {
    Duration limit = Duration.ofSeconds(60);
    List<String> together = List.of("check first", "check second");
    assertThat(batchesOfTheSecondCycle(Duration.ofMillis(4_999), limit)).containsExactly(together);
    assertThat(batchesOfTheSecondCycle(Duration.ofSeconds(5), limit))
        .startsWith(List.of("check second"), List.of("check first"));
  }

  @Tag("rule-7")
  @Test
  void aCheckThatWasKilledAtItsLimitIsSlowIfThatIsLong() {
    assertThat(batchesOfTheSecondCycle(Duration.ofMinutes(5), Duration.ofSeconds(20)))
        .startsWith(List.of("check second"), List.of("check first"));
    assertThat(batchesOfTheSecondCycle(Duration.ofMinutes(5), Duration.ofSeconds(2)))
        .startsWith(List.of("check first", "check second"));
  }

  @Tag("rule-7")
  @Test
  void aCheckWithoutAnAnswerIsNotSlowForThat() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.answersNone("check first", Answer.Reason.GARBLED, "noise");
      web.pair("check second", "fix second").healthy();
      kit.cycle(Pair.task("first"), Pair.task("second"));
      int before = web.batches().size();

      kit.cycle();

      assertThat(web.batches().get(before)).containsExactly("check first", "check second");
    }
  }

  @Tag("rule-7")
  @Test
  void aSlowCheckOfTheUsersOwnIsAskedAfterTheOthersToo() {
    for (int millis : new int[] {5_000, 4_999}) {
      try (FlukeKit kit = FlukeKit.create()) {
        kit.agent(Agent.named("web-01"));
        kit.runFor(Duration.ofMinutes(3));
        List<String> order = new ArrayList<>();
        Doing slow =
            Doing.check(
                host -> {
                  order.add("slow");
                  host.pause(Duration.ofMillis(millis));
                  return CheckResult.inSync();
                });
        Doing quick =
            Doing.check(
                host -> {
                  order.add("quick");
                  return CheckResult.inSync();
                });
        kit.cycle(slow.task("slow"), quick.task("quick"));
        order.clear();

        kit.cycle();

        assertThat(order.get(0)).isEqualTo(millis == 5_000 ? "quick" : "slow");
      }
    }
  }
}
