package dev.fluke.reconcile.internal.engine;

import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.cycle.CycleContext;
import dev.fluke.reconcile.internal.guards.GuardList;
import dev.fluke.reconcile.internal.memory.Declarations;
import dev.fluke.reconcile.internal.memory.LoopSecrets;
import dev.fluke.reconcile.internal.revision.SourceSet;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;
import java.util.function.Consumer;

/**
 * What cycles need of the engine.
 *
 * @param faults gets the named points of a cycle, where tests inject faults
 */
record LoopContext(
    Scheduler scheduler,
    LoopSettings settings,
    SourceSet sources,
    GuardList guards,
    Declarations declarations,
    LoopSecrets secrets,
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
