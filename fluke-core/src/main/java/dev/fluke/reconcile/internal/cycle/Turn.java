package dev.fluke.reconcile.internal.cycle;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.reconcile.internal.memory.TaskState;

/** An agent's turn on its lane, as the cycle that runs then sees it. */
public interface Turn extends HostAccess.Permission {
  /** The agent as it is declared now. */
  Agent agent();

  /**
   * What is remembered of a task here.
   *
   * @param taskIsNew whether the task joined while the loop ran
   */
  TaskState state(String task, boolean taskIsNew);

  /** The checks of at least one task were asked. */
  void checked();

  /** Lets manual runs that wait run now, between two tasks of an automatic cycle. */
  void yieldToManualRuns();

  /** Why the cycle was cancelled; empty if it was not. */
  String whyCancelled();

  /** Drift is about to be applied away. */
  void applying(EndedTask found, TaskState state);
}
