package dev.fluke.testkit;

import dev.fluke.event.Event;
import dev.fluke.event.EventStore;
import java.util.ArrayList;
import java.util.List;

/** Records all events that pass on to another store. Safe for use by any thread. */
final class RecordedEvents implements EventStore {
  private final EventStore store;
  private final List<Event> all = new ArrayList<>();

  RecordedEvents(EventStore store) {
    this.store = store;
  }

  @Override
  public void append(List<Event> events) throws Exception {
    store.append(events);
    synchronized (all) {
      all.addAll(events);
    }
  }

  @Override
  public List<Event> latest(String agent, int atMost) {
    return store.latest(agent, atMost);
  }

  /** All events so far, in the order in which they were appended. */
  List<Event> all() {
    synchronized (all) {
      return List.copyOf(all);
    }
  }
}
