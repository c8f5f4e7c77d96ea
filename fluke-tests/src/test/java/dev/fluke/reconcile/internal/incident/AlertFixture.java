package dev.fluke.reconcile.internal.incident;

import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertFilter;
import dev.fluke.event.Event;
import dev.fluke.event.EventStore;
import dev.fluke.reconcile.internal.config.AlertRoute;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A sink that takes every alert, and the events that were published. */
final class AlertFixture implements AutoCloseable {
  final VirtualTime time = VirtualTime.seeded(1);
  final List<Alert> alerts = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final LoopThread thread = new LoopThread();
  final EventRecorder recorder = new EventRecorder(time, EventStore.inMemory(10), thread);
  final AlertDispatcher dispatcher =
      new AlertDispatcher(
          List.of(new AlertRoute(alerts::add, AlertFilter.everything())), time, thread, recorder);

  AlertFixture() {
    recorder.subscribe(events::add);
  }

  Event event(String type) {
    return Event.of(0, time.now(), type);
  }

  /** The types of all alerts so far. */
  List<String> alerted() {
    settle();
    return alerts.stream().map(Alert::event).toList();
  }

  /** The types of all events so far. */
  List<String> published() {
    settle();
    return events.stream().map(Event::type).toList();
  }

  void settle() {
    dispatcher.wake();
    time.runFor(Duration.ofMillis(1));
  }

  @Override
  public void close() {
    recorder.close();
    time.close();
  }
}
