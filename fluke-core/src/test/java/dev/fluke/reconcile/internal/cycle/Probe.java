package dev.fluke.reconcile.internal.cycle;

import static dev.fluke.agent.Selector.everyAgent;

import dev.fluke.agent.Agent;
import dev.fluke.command.Mask;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.memory.Declaration;
import dev.fluke.reconcile.internal.memory.DeclaredTask;
import dev.fluke.reconcile.internal.memory.TaskState;

/** An executor that no test of this package runs: what its check finds is set from outside. */
record Probe(String declares) implements Executor {
  static final Agent WEB = Agent.named("web-01");

  /** A task that was new to its agent, with a step for each name. */
  static TaskRun run(String task, String... steps) {
    return run(builder(task, steps), new TaskState(true));
  }

  static TaskRun run(Task.Builder task, TaskState state) {
    Task built = task.build();
    DeclaredTask declared = DeclaredTask.of(Declaration.of(built.name()));
    return new TaskRun(built, declared, WEB, state, LoopSettings.defaults(), new Mask());
  }

  static Task.Builder builder(String task, String... steps) {
    Task.Builder built = Task.named(task).on(everyAgent());
    for (String step : steps) {
      built = built.step(step, new Probe(step));
    }
    return built;
  }

  /** Gives every step of the task what its check finds, in order. */
  static void finds(TaskRun task, CheckResult... results) {
    for (int i = 0; i < results.length; i++) {
      task.steps.get(i).checked(results[i], true, 0, 0);
    }
  }

  static CheckResult.Drifted drifted(String found) {
    return CheckResult.drifted("state", "running", found);
  }

  @Override
  public CheckResult check(Host host) {
    throw new AssertionError("not run in these tests");
  }

  @Override
  public void apply(Host host) {
    throw new AssertionError("not run in these tests");
  }
}
