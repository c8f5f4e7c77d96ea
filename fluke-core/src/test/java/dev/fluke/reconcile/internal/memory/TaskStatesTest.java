package dev.fluke.reconcile.internal.memory;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TaskStatesTest {
  private static final Declaration DECLARATION = Declaration.of("d");

  private record Idle() implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}
  }

  private static Manifest declaring(String... tasks) {
    return Manifest.of(
        Arrays.stream(tasks)
            .map(name -> Task.named(name).on(everyAgent()).step("s", new Idle()).build())
            .toList());
  }

  @Test
  void knowsWhetherAgentAndTaskMetJustNow() {
    assertThat(new TaskStates(true).of("t", false).causeOf(DECLARATION))
        .isEqualTo(DriftCause.NEVER_APPLIED);
    assertThat(new TaskStates(false).of("t", true).causeOf(DECLARATION))
        .isEqualTo(DriftCause.NEVER_APPLIED);
    assertThat(new TaskStates(false).of("t", false).causeOf(DECLARATION))
        .isEqualTo(DriftCause.UNDETERMINED);
  }

  @Test
  void takesBackTaskThatWasAwayForLessThanADay() {
    TaskStates states = new TaskStates(false);
    TaskState state = states.of("t", true);
    TaskState other = states.of("other", true);
    states.follow(declaring("other"), 0);
    assertThat(states.present()).containsOnlyKeys("other");

    states.follow(declaring("other", "t"), Duration.ofHours(23).toNanos());

    assertThat(states.of("t", false)).isSameAs(state);
    assertThat(states.of("other", false)).isSameAs(other);
  }

  @Test
  void forgetsTaskThatWasAwayForLonger() {
    TaskStates states = new TaskStates(false);
    TaskState state = states.of("t", true);
    states.follow(declaring(), 0);

    states.follow(declaring("t"), Duration.ofHours(25).toNanos());

    assertThat(states.of("t", false)).isNotSameAs(state);
  }
}
