package dev.fluke.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Selector;
import dev.fluke.command.Command;
import dev.fluke.event.Event;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Task;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

  @Test
  void timePassesOnlyWhenNothingIsLeftToDo() throws Exception {
    try (VirtualTime time = VirtualTime.seeded(1)) {
      List<String> order = new ArrayList<>();
      time.after(Duration.ofHours(2), () -> order.add("late"));
      time.after(Duration.ofHours(1), () -> order.add("early"));
      time.start("work", () -> order.add("work"));
      var before = time.now();

      time.runFor(Duration.ofHours(3));

      assertThat(order).containsExactly("work", "early", "late");
      assertThat(time.now()).isEqualTo(before.plus(Duration.ofHours(3)));
    }
  }

  @Test
  void oneThreadAtATimeAndAWaiterGoesOnWhenItsFutureIsDone() throws Exception {
    try (VirtualTime time = VirtualTime.seeded(1)) {
      CompletableFuture<String> future = new CompletableFuture<>();
      List<String> order = new ArrayList<>();
      time.start(
          "waiter",
          () -> {
            order.add("waits");
            order.add("done: " + awaited(time, future, Duration.ofDays(1)));
          });
      time.start(
          "doer",
          () -> {
            order.add("does");
            future.complete("x");
            order.add("did");
          });

      time.runUntilIdle();

      assertThat(order).containsExactly("waits", "does", "did", "done: true");
    }
  }

  private static boolean awaited(VirtualTime time, CompletableFuture<?> future, Duration atMost) {
    try {
      return time.await(future, atMost);
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void anInterruptEndsAWaitAtOnce() {
    try (VirtualTime time = VirtualTime.seeded(1)) {
      List<String> heard = new ArrayList<>();
      Scheduler.Work work =
          time.start(
              "sleeper",
              () -> {
                try {
                  time.sleep(Duration.ofDays(1));
                } catch (InterruptedException e) {
                  heard.add("interrupted at " + time.nanoTime());
                }
              });
      time.runUntilIdle();
      work.interrupt();
      time.runUntilIdle();

      assertThat(heard).containsExactly("interrupted at 0");
    }
  }

  @Test
  void waitingForWhatNobodyWillDoIsSaid() {
    try (VirtualTime time = VirtualTime.seeded(1)) {
      assertThatThrownBy(() -> time.await(new CompletableFuture<>(), Duration.ofDays(36_500)))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("nothing is left that could happen");
    }
  }

  @Test
  void whatWorkThrowsFailsTheTest() {
    try (VirtualTime time = VirtualTime.seeded(1)) {
      time.start(
          "bad",
          () -> {
            throw new IllegalStateException("boom");
          });

      assertThatThrownBy(time::runUntilIdle)
          .isInstanceOf(AssertionError.class)
          .hasRootCauseMessage("boom");
    }
  }

  @Test
  void theSameSeedReplaysAFleetToTheByteAndAnotherSeedOrdersItOtherwise() {
    Set<String> runs = new HashSet<>();
    for (long seed = 0; seed < 5; seed++) {
      String run = day(seed);
      assertThat(day(seed)).isEqualTo(run);
      runs.add(run);
    }
    assertThat(runs).hasSizeGreaterThan(1);
  }

  /** Two hours of a fleet in which things break, as the JSON of all its events. */
  private static String day(long seed) {
    try (FlukeKit kit = FlukeKit.create(seed)) {
      List<FakeState> states = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        states.add(kit.agent("host-" + i, Map.of()).pair("check", "fix").broken());
      }
      states.get(3).applyFails(1);
      kit.manifest(Task.named("t").on(Selector.everyAgent()).step("s", new Checked()).build());
      kit.start();
      for (int i = 0; i < 12; i++) {
        kit.runFor(Duration.ofMinutes(10));
        states.get(i % 5).broken();
      }
      return String.join("\n", kit.events().stream().map(Event::toJson).toList());
    }
  }

  private record Checked() implements CommandCheck {
    @Override
    public Command checkCommand() {
      return Command.shell("check");
    }

    @Override
    public void apply(Host host) {
      host.run(Command.shell("fix")).orThrow();
    }
  }
}
