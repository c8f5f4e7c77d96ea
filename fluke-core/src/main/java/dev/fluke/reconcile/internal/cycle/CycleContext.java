package dev.fluke.reconcile.internal.cycle;

import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;

/** What every cycle needs of the engine. Safe for use by any thread. */
public interface CycleContext {
  Scheduler scheduler();

  LoopSettings settings();

  /** The revision in force now. */
  Revision revision();

  /** Whether a task joined while the loop ran, so that its memory reaches back far enough. */
  boolean isNew(String task);

  /** A named point of a cycle, where tests inject faults. */
  void reach(String point);
}
