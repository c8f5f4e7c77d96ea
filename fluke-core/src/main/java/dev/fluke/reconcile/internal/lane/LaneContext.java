package dev.fluke.reconcile.internal.lane;

import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.cycle.AgentCycle;
import dev.fluke.reconcile.internal.cycle.AgentCycle.Stage;
import dev.fluke.reconcile.internal.cycle.CycleContext;
import dev.fluke.reconcile.internal.cycle.Turn.Standing;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.ApplyOutput;
import dev.fluke.report.CycleObserver.AppliedStep;
import dev.fluke.report.CycleObserver.CheckedStep;
import dev.fluke.report.EndedTask;
import dev.fluke.report.Outcome;
import dev.fluke.time.Scheduler;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What all lanes share: the limits on concurrent work, and the listener for ended jobs. */
public final class LaneContext {
  private final CycleContext cycles;
  private final LoopThread thread;
  private final Supplier<Phase> phase;
  private final Listener listener;
  private final AtomicInteger busyLanes = new AtomicInteger();
  private final ConcurrencyLimit connecting;
  private final ConcurrencyLimit checking;
  private final ConcurrencyLimit applying;

  /** How far the end of a reconciler has come. */
  public enum Phase {
    /** It is not closing. */
    OPEN,
    /** {@code close()} was called: nothing begins; applies under way go on and are verified. */
    CLOSING,
    /** The grace for applies is over: they are ended. */
    ENDING;

    /** Whether {@code close()} was called. */
    public boolean isClosing() {
      return this != OPEN;
    }
  }

  /** Receives how jobs end. Called without a lock of the lane. */
  public interface Listener {
    /** A task that drifted is about to be applied. */
    void applying(AgentJob job, EndedTask found, TaskState state);

    /** A check of a step ended. */
    void checked(CheckedStep step);

    /** An apply of a step ended. */
    void applied(AppliedStep step);

    /** An apply of a step failed, and its commands printed this. */
    void applyFailed(ApplyOutput output);

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
   * @param phase how far the end of the reconciler has come
   */
  public LaneContext(
      CycleContext cycles, LoopThread thread, Supplier<Phase> phase, Listener listener) {
    this.cycles = cycles;
    this.thread = thread;
    this.phase = phase;
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
    return standing(agent).reason();
  }

  void laneIsBusy() {
    busyLanes.incrementAndGet();
  }

  void laneIsFree() {
    busyLanes.decrementAndGet();
  }

  /** Whether no lane has anything under way. */
  public boolean isQuiet() {
    return busyLanes.get() == 0;
  }

  /** Whether work for this agent may begin and go on, whatever the job. */
  Standing standing(ManagedAgent agent) {
    if (agent.isRemoved()) {
      return Standing.REMOVED;
    }
    return switch (phase.get()) {
      case OPEN -> Standing.GOOD;
      case CLOSING -> Standing.CLOSING;
      case ENDING -> Standing.ENDING;
    };
  }

  /** The limit that a stage needs a permit of. */
  ConcurrencyLimit limit(Stage stage) {
    return switch (stage) {
      case CONNECT -> connecting;
      case CHECK -> checking;
      case APPLY -> applying;
      case YIELD, DONE -> throw new IllegalArgumentException(stage + " needs no permit");
    };
  }
}
