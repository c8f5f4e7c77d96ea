package dev.fluke.testkit;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Task;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The same seed gives the same run, to the byte. */
class ReplayTest {

  private record Fix(String name) implements CommandCheck {
    @Override
    public Command checkCommand() {
      return Command.shell("check " + name);
    }

    @Override
    public void apply(Host host) {
      host.run(Command.shell("fix " + name)).orThrow();
    }
  }

  /** Workers that draw lots and wait; everything they do, in order. */
  private static String workers(VirtualTime time) {
    StringBuilder told = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      String name = "w" + i;
      time.start(
          name,
          () -> {
            try {
              for (int j = 0; j < 5; j++) {
                told.append(name).append(' ').append(time.now()).append('\n');
                time.sleep(Duration.ofMillis(time.random().nextInt(5)));
              }
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }
    time.runFor(Duration.ofMinutes(1));
    time.close();
    return told.toString();
  }

  /** An hour of a fleet in trouble: what its hosts saw in which order, and all events. */
  private static String fleet(long seed) {
    StringBuilder told = new StringBuilder();
    try (FlukeKit kit = FlukeKit.create(seed)) {
      for (int i = 0; i < 5; i++) {
        FakeHost host = kit.agent("host-" + i, Map.of());
        FakeState state = host.pair("check a", "fix a").applyTakes(Duration.ofSeconds(2));
        host.answer(
            "check a",
            command -> {
              told.append(host).append(' ').append(kit.time().now()).append('\n');
              if (kit.time().random().nextInt(20) == 0) {
                state.checkTakes(Duration.ofSeconds(3));
              }
              return CommandResult.exited(kit.time().random().nextInt(2));
            });
      }
      kit.manifest(Task.named("a").on(everyAgent()).step("step", new Fix("a")).build());
      kit.start().runFor(Duration.ofHours(1));
      kit.events().forEach(event -> told.append(event.toJson()).append('\n'));
    }
    return told.toString();
  }

  @Test
  void replaysWorkers() {
    Set<String> runs = new HashSet<>();
    for (long seed = 0; seed < 50; seed++) {
      String run = workers(VirtualTime.shuffled(seed));
      assertThat(workers(VirtualTime.shuffled(seed))).isEqualTo(run);
      runs.add(run);
    }
    assertThat(runs).as("different seeds give different runs").hasSize(50);
  }

  @Test
  void replaysAFleet() {
    Set<String> runs = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      String run = fleet(seed);
      assertThat(fleet(seed)).as("seed %s", seed).isEqualTo(run);
      assertThat(run.lines().count()).isGreaterThan(300);
      runs.add(run);
    }
    assertThat(runs).hasSize(20);
  }

  @Test
  void usesTheSeedOnlyForRandomUnlessShuffled() {
    assertThat(workers(VirtualTime.seeded(1))).isEqualTo(workers(VirtualTime.seeded(1)));
    assertThat(workers(VirtualTime.seeded(1)).lines().limit(3))
        .containsExactly(
            "w0 2025-01-01T00:00:00Z", "w1 2025-01-01T00:00:00Z", "w2 2025-01-01T00:00:00Z");
  }
}
