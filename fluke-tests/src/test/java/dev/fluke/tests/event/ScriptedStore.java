package dev.fluke.tests.event;

import dev.fluke.event.Event;
import dev.fluke.event.EventStore;
import dev.fluke.testkit.FlukeKit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A store that notes each call, and does what the test says. */
public final class ScriptedStore implements EventStore {
  private final EventStore kept = EventStore.inMemory(100_000);
  private final List<Event> stored = new ArrayList<>();
  private Answer answer = events -> {};
  private int calls;

  /** What becomes of a call, before the events are kept. */
  public interface Answer {
    void to(List<Event> events) throws Exception;
  }

  /** The store of this kit, whose {@code events()} stay empty then. */
  public static ScriptedStore of(FlukeKit kit) {
    ScriptedStore store = new ScriptedStore();
    kit.configure(builder -> builder.events(store));
    return store;
  }

  /** Fails at the first event, works a minute later, and gives what it kept by then. */
  public static void failsForAMinute(FlukeKit kit, List<Event> kept) {
    ScriptedStore store = ScriptedStore.of(kit).isFull();
    kit.reconciler().remove("web-01");
    kit.runFor(Duration.ofMinutes(1));
    store.works();
    kit.runFor(Duration.ofMinutes(1));
    kept.addAll(store.stored());
  }

  public ScriptedStore does(Answer next) {
    answer = next;
    return this;
  }

  public ScriptedStore works() {
    return does(events -> {});
  }

  public ScriptedStore isFull() {
    return does(
        events -> {
          throw new IOException("no space left on device");
        });
  }

  @Override
  public void append(List<Event> events) throws Exception {
    calls++;
    answer.to(events);
    stored.addAll(events);
    kept.append(events);
  }

  @Override
  public List<Event> latest(String agent, int atMost) {
    return kept.latest(agent, atMost);
  }

  /** How often it was called to keep events. */
  public int calls() {
    return calls;
  }

  /** All events that it kept, in order. */
  public List<Event> stored() {
    return List.copyOf(stored);
  }

  public List<String> types() {
    return stored.stream().map(Event::type).toList();
  }
}
