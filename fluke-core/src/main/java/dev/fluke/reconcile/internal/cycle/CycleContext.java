package dev.fluke.reconcile.internal.cycle;

import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.guards.GuardList;
import dev.fluke.reconcile.internal.memory.Declarations;
import dev.fluke.reconcile.internal.memory.LoopSecrets;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;

/** What every cycle needs from the engine. Safe for use by any thread. */
public interface CycleContext {
  Scheduler scheduler();

  LoopSettings settings();

  /** What each task declares. */
  Declarations declarations();

  /** The secrets of the reconciler. */
  LoopSecrets secrets();

  /** The revision in force now. */
  Revision revision();

  /** Whether a task was added while the loop ran, so that its state covers its whole life. */
  boolean isNew(String task);

  /** The reasons not to apply. */
  GuardList guards();

  /** Marks a named point of a cycle, where tests inject faults. */
  void reach(String point);
}
