package dev.fluke.reconcile;

import dev.fluke.report.Outcome;
import dev.fluke.time.Scheduler;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What all lanes share: how much happens at once, and who learns how a job ended. */
final class LaneContext {
  private final CycleContext cycles;
  private final LoopThread thread;
  private final BooleanSupplier closing;
  private final Listener listener;
  private final ConcurrencyLimit connecting;
  private final ConcurrencyLimit checking;
  private final ConcurrencyLimit applying;

  /** Learns how jobs end. Called without a lock of the lane. */
  interface Listener {
    /** Drift is about to be applied away. */
    void applying(AgentJob job, EndedTask found, TaskState state);

    /** A job is over. */
    void ended(AgentJob job, AgentCycle cycle, List<AgentCycle.Result> results);

    /** A job is over that never got its cycle. */
    void endedUnwalked(AgentJob job, Outcome outcome, String why);
  }

  /**
   * What lanes share.
   *
   * @param closing whether the reconciler is closing
   */
  LaneContext(CycleContext cycles, LoopThread thread, BooleanSupplier closing, Listener listener) {
    this.cycles = cycles;
    this.thread = thread;
    this.closing = closing;
    this.listener = listener;
    LoopSettings.Stages limits = cycles.settings().atOnce().stages();
    this.connecting = new ConcurrencyLimit(limits.connecting(), cycles.scheduler());
    this.checking = new ConcurrencyLimit(limits.checking(), cycles.scheduler());
    this.applying = new ConcurrencyLimit(limits.applying(), cycles.scheduler());
  }

  CycleContext cycles() {
    return cycles;
  }

  Scheduler scheduler() {
    return cycles.scheduler();
  }

  LoopThread thread() {
    return thread;
  }

  Listener listener() {
    return listener;
  }

  /** Why work for this agent is not to go on; empty if it is. */
  String whyCancelled(ManagedAgent agent) {
    if (closing.getAsBoolean()) {
      return "the reconciler was closed";
    }
    return agent.isRemoved() ? "the agent was removed" : "";
  }

  ConcurrencyLimit connecting() {
    return connecting;
  }

  ConcurrencyLimit checking() {
    return checking;
  }

  ConcurrencyLimit applying() {
    return applying;
  }
}
