package dev.fluke.reconcile.internal.cycle;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.memory.Declarations;
import dev.fluke.source.Revision;
import java.util.Optional;

/** Whether a task that a cycle took is still the one in force when its turn comes. */
final class Supersession {
  private Supersession() {}

  /**
   * Rule 13: says that the task changed, was removed, or no longer selects the agent; empty if the
   * task is still in force.
   */
  static String by(CycleContext context, Revision taken, Task task, Agent agent) {
    Revision now = context.revision();
    Optional<Task> current = now == taken ? Optional.of(task) : now.manifest().task(task.name());
    if (current.isEmpty()) {
      return "the task was removed in revision " + now.id();
    }
    Declarations declarations = context.declarations();
    if (!declarations.isFor(current.get(), agent)) {
      return "the task is no longer for this agent";
    }
    boolean same =
        current.get() == task || declarations.of(current.get()).isSameAs(declarations.of(task));
    return same && current.get().policy().equals(task.policy())
        ? ""
        : "the task changed in revision " + now.id();
  }
}
