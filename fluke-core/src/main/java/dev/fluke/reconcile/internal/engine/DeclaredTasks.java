package dev.fluke.reconcile.internal.engine;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Task;
import dev.fluke.source.Revision;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which tasks the revision in force declares for an agent. Safe for use by any thread. */
final class DeclaredTasks {
  private final Supplier<Revision> inForce;
  private final BiPredicate<Task, Agent> isFor;
  private volatile ByName latest = new ByName(null, Map.of());

  /** The tasks of a revision by name, so that a question takes no longer the more there are. */
  private record ByName(@Nullable Revision revision, Map<String, Task> tasks) {}

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
    Map<String, Task> tasks = byName();
    if (task.isEmpty()) {
      return tasks.values().stream().anyMatch(each -> isFor.test(each, agent));
    }
    Task one = tasks.get(task);
    return one != null && isFor.test(one, agent);
  }

  private Map<String, Task> byName() {
    Revision revision = inForce.get();
    ByName known = latest;
    if (known.revision != revision) {
      Map<String, Task> tasks = new HashMap<>();
      revision.manifest().tasks().forEach(task -> tasks.put(task.name(), task));
      known = new ByName(revision, tasks);
      latest = known;
    }
    return known.tasks;
  }
}
