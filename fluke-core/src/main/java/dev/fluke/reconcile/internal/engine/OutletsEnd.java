package dev.fluke.reconcile.internal.engine;

import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.incident.AlertDispatcher;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.reconcile.internal.record.Observers;
import dev.fluke.reconcile.internal.revision.SourceSet;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Closes what is left once all lanes are quiet: sources, sinks, subscribers, observers, the store.
 */
record OutletsEnd(
    SourceSet sources, AlertDispatcher alerts, EventRecorder recorder, Observers observers) {

  /** Closes them side by side in the time that is left. */
  void within(
      Shutdown shutdown, Consumer<Duration> results, Scheduler scheduler, LoopThread thread) {
    new Closing(scheduler, thread)
        .and("the sources", sources::close)
        .and("the alert sinks", alerts::close)
        .and("the subscribers and the event store", recorder::flush)
        .and("the observers", observers::flush)
        .and("the results of callers", results::accept)
        .within(shutdown.leftForOutlets());
    new Closing(scheduler, thread)
        .and("the events of that", recorder::flush)
        .within(Shutdown.FOR_LAST_EVENTS);
    recorder.close();
    observers.close();
  }
}
