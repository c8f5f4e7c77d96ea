package dev.fluke.reconcile.internal.engine;

import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.cycle.CycleContext;
import dev.fluke.reconcile.internal.memory.Declarations;
import dev.fluke.reconcile.internal.revision.SourceSet;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;
import java.util.function.Consumer;

/** What cycles need of the engine. Safe for use by any thread. */
record EngineContext(
    Scheduler scheduler,
    LoopSettings settings,
    Declarations declarations,
    SourceSet sources,
    Consumer<String> faults)
    implements CycleContext {
  @Override
  public Revision revision() {
    return sources.inForce();
  }

  @Override
  public boolean isNew(String task) {
    return sources.isNew(task);
  }

  @Override
  public void reach(String point) {
    faults.accept(point);
  }
}
