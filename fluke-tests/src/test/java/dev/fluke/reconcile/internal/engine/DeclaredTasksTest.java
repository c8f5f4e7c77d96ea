package dev.fluke.reconcile.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.source.Revision;
import dev.fluke.tests.support.Pair;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DeclaredTasksTest {
  private static final Task FOR_WEB =
      Task.named("a").on(Selector.agent("web")).step("s", Pair.of("a")).build();

  private final AtomicReference<Revision> inForce =
      new AtomicReference<>(Revision.of("c1", Manifest.of(FOR_WEB)));
  private final DeclaredTasks declared =
      new DeclaredTasks(inForce::get, (task, agent) -> task.selector().matches(agent));

  @Test
  void declaresTasksThatSelectTheAgent() {
    assertThat(declared.declare("a", Agent.named("web"))).isTrue();
    assertThat(declared.declare("a", Agent.named("db"))).isFalse();
    assertThat(declared.declare("b", Agent.named("web"))).isFalse();
  }

  @Test
  void knowsWhetherAnyTaskSelectsTheAgent() {
    assertThat(declared.declare("", Agent.named("web"))).isTrue();
    assertThat(declared.declare("", Agent.named("db"))).isFalse();
  }

  @Test
  void followsTheRevisionInForce() {
    assertThat(declared.declare("a", Agent.named("web"))).isTrue();

    inForce.set(Revision.of("c2", Manifest.of(Pair.task("b"))));

    assertThat(declared.declare("a", Agent.named("web"))).isFalse();
    assertThat(declared.declare("b", Agent.named("db"))).isTrue();
  }
}
