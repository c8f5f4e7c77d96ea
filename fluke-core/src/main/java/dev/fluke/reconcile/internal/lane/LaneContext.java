package dev.fluke.reconcile.internal.lane;

import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.cycle.AgentCycle;
import dev.fluke.reconcile.internal.cycle.CycleContext;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.report.CycleObserver.CheckedStep;
import dev.fluke.report.EndedTask;
import dev.fluke.report.Outcome;
import dev.fluke.time.Scheduler;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What all lanes share: the limits on concurrent work, and the listener for ended jobs. */
public final class LaneContext {
  private final CycleContext cycles;
  private final LoopThread thread;
  private final BooleanSupplier closing;
  private final Listener listener;
  private final ConcurrencyLimit connecting;
  private final ConcurrencyLimit checking;
  private final ConcurrencyLimit applying;

  /** Receives how jobs end. Called without a lock of the lane. */
  public interface Listener {
    /** A task that drifted is about to be applied. */
    void applying(AgentJob job, EndedTask found, TaskState state);

    /** A check of a step ended. */
    void checked(CheckedStep step);

    /** An apply of a step ended. */
    void applied(AppliedStep step);

    /** A task ended for good; of several calls for a task of a job, only the first counts. */
    void taskEnded(AgentJob job, EndedTask task, TaskState state);

    /** A job ended. */
    void ended(AgentJob job, AgentCycle cycle, List<AgentCycle.Result> results);

    /** A job ended before its cycle began. */
    void endedUnwalked(AgentJob job, Outcome outcome, String why);

    /** A call for this agent ignores its interrupt; the lane waits until the call returns. */
    void stuck(ManagedAgent agent, String call);

    /** That call returned. May come twice. */
    void freed(ManagedAgent agent);
  }

  /**
   * Creates the limits from the settings.
   *
   * @param closing whether the reconciler is closing
   */
  public LaneContext(
      CycleContext cycles, LoopThread thread, BooleanSupplier closing, Listener listener) {
    this.cycles = cycles;
    this.thread = thread;
    this.closing = closing;
    this.listener = listener;
    LoopSettings.Stages limits = cycles.settings().atOnce().stages();
    this.connecting = new ConcurrencyLimit(limits.connecting(), cycles.scheduler());
    this.checking = new ConcurrencyLimit(limits.checking(), cycles.scheduler());
    this.applying = new ConcurrencyLimit(limits.applying(), cycles.scheduler());
  }

  public CycleContext cycles() {
    return cycles;
  }

  public Scheduler scheduler() {
    return cycles.scheduler();
  }

  public LoopThread thread() {
    return thread;
  }

  public Listener listener() {
    return listener;
  }

  /** Why work for this agent must stop; empty if it may go on. */
  public String whyCancelled(ManagedAgent agent) {
    if (closing.getAsBoolean()) {
      return "the reconciler was closed";
    }
    return agent.isRemoved() ? "the agent was removed" : "";
  }

  public ConcurrencyLimit connecting() {
    return connecting;
  }

  public ConcurrencyLimit checking() {
    return checking;
  }

  public ConcurrencyLimit applying() {
    return applying;
  }
}
