package dev.fluke.reconcile.internal.cycle;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.report.CycleObserver.CheckedStep;
import dev.fluke.report.EndedTask;

/** An agent's turn on its lane, as its cycle sees it. Safe for use by any thread. */
public interface Turn {
  /** The agent as it is declared now. */
  Agent agent();

  /** Whether the turn still has its place in the loop. */
  Standing standing();

  /**
   * The state of a task on this agent.
   *
   * @param taskIsNew whether the task joined while the loop ran
   */
  TaskState state(String task, boolean taskIsNew);

  /** Called after the checks of at least one task. */
  void checked();

  /** Whether a manual run or a plan waits that may go in between two tasks. */
  boolean wantsToYield();

  /** Called before the apply of a drifted task. */
  void applying(EndedTask found, TaskState state);

  /** Called after each check of a step. */
  void stepChecked(CheckedStep step);

  /** Called after each apply of a step. */
  void stepApplied(AppliedStep step);

  /** Called after each apply of a step that failed, with what its commands printed. */
  void applyFailed(AppliedStep step, String stdout, String stderr);

  /**
   * Called when the end of a task can no longer change. A task's later calls do nothing; the end of
   * the turn hands out those tasks for which it was not called.
   */
  void taskEnded(EndedTask task, TaskState state);

  /** Whether an agent's part of a cycle still has its place in the loop. */
  enum Standing {
    GOOD(""),
    /** The agent was declared with another transport, shell or path. */
    CHANGED("the agent is reached in another way now"),
    /** The agent was declared with other labels, which the selector of the scope doesn't match. */
    OUT_OF_SCOPE("the scope no longer covers the agent"),
    /** {@code close()} was called. */
    CLOSING("the reconciler was closed"),
    /** The grace for applies is over. */
    ENDING("the reconciler was closed"),
    REMOVED("the agent was removed"),
    /** The lane gave the cycle up while it hung in a call. */
    ABANDONED("the lane gave this cycle up");

    private final String reason;

    Standing(String reason) {
      this.reason = reason;
    }

    /** For reports; empty for {@link #GOOD}. */
    public String reason() {
      return reason;
    }
  }
}
