package dev.fluke.reconcile.internal.engine;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.source.Revision;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** Which tasks the revision in force declares for an agent. Safe for use by any thread. */
final class DeclaredTasks {
  private final Supplier<Revision> inForce;
  private final BiPredicate<Task, Agent> isFor;

  DeclaredTasks(Supplier<Revision> inForce, BiPredicate<Task, Agent> isFor) {
    this.inForce = inForce;
    this.isFor = isFor;
  }

  /**
   * Whether the task is declared now, and is for the agent.
   *
   * @param task its name; for an empty name, whether any task is for the agent
   */
  boolean declare(String task, Agent agent) {
    Manifest manifest = inForce.get().manifest();
    return task.isEmpty()
        ? manifest.tasks().stream().anyMatch(each -> isFor.test(each, agent))
        : manifest.task(task).filter(each -> isFor.test(each, agent)).isPresent();
  }
}
