package dev.fluke.reconcile.internal.cycle;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.report.CycleObserver.CheckedStep;
import dev.fluke.report.EndedTask;

/** An agent's turn on its lane, as its cycle sees it. */
public interface Turn extends HostAccess.Permission {
  /** The agent as it is declared now. */
  Agent agent();

  /**
   * The state of a task on this agent.
   *
   * @param taskIsNew whether the task joined while the loop ran
   */
  TaskState state(String task, boolean taskIsNew);

  /** Called after the checks of at least one task. */
  void checked();

  /** Runs the manual runs that wait, between two tasks of an automatic cycle. */
  void yieldToManualRuns();

  /** Why the cycle was cancelled; empty if it was not. */
  String whyCancelled();

  /** Called before the apply of a drifted task. */
  void applying(EndedTask found, TaskState state);

  /** Called after each check of a step. */
  void stepChecked(CheckedStep step);

  /** Called after each apply of a step. */
  void stepApplied(AppliedStep step);

  /**
   * Called when the end of a task can no longer change. A task's later calls do nothing; the end of
   * the turn hands out those tasks for which it was not called.
   */
  void taskEnded(EndedTask task, TaskState state);
}
