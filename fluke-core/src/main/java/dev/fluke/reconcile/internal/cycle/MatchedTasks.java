package dev.fluke.reconcile.internal.cycle;

import dev.fluke.agent.Agent;
import dev.fluke.command.Mask;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.memory.DeclaredTask;
import dev.fluke.reconcile.internal.memory.SuppliedSecrets;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.source.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The tasks of a revision that are for an agent, with the secrets that they name. */
final class MatchedTasks {
  private MatchedTasks() {}

  /** Matches tasks and labels (rule 9), and asks for the secrets: once in a walk, here. */
  static List<TaskRun> of(CycleContext context, Turn turn, Revision revision) {
    Agent agent = turn.agent();
    Map<Task, DeclaredTask> matched = new LinkedHashMap<>();
    Set<String> names = new TreeSet<>();
    for (Task task : revision.manifest().tasks()) {
      DeclaredTask declared = context.declarations().of(task, agent);
      if (declared != null) {
        matched.put(task, declared);
        names.addAll(declared.declaration().secretNames());
      }
    }
    SuppliedSecrets secrets = context.secrets().named().supplied(names);
    Mask mask = context.secrets().mask().naming(secrets::of);
    List<TaskRun> runs = new ArrayList<>();
    matched.forEach(
        (task, declared) -> {
          TaskState state = turn.state(task.name(), context.isNew(task.name()));
          DeclaredTask supplied = declared.supplied(secrets);
          runs.add(new TaskRun(task, supplied, agent, state, context.settings(), mask));
        });
    return runs;
  }
}
