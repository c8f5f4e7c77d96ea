package dev.fluke.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The latest events of each agent, in memory. */
final class EventRing implements EventStore {
  private final int perAgent;
  private final Map<String, Deque<Event>> rings = new HashMap<>();

  EventRing(int perAgent) {
    if (perAgent < 1) {
      throw new IllegalArgumentException(
          "events per agent is " + perAgent + ", must be at least 1");
    }
    this.perAgent = perAgent;
  }

  @Override
  public synchronized void append(List<Event> events) {
    for (Event event : events) {
      Deque<Event> ring = rings.computeIfAbsent(event.agent().orElse(""), a -> new ArrayDeque<>());
      ring.addLast(event);
      if (ring.size() > perAgent) {
        ring.removeFirst();
      }
    }
  }

  @Override
  public synchronized List<Event> latest(String agent, int atMost) {
    Deque<Event> ring = rings.getOrDefault(agent, new ArrayDeque<>());
    List<Event> all = new ArrayList<>(ring);
    return List.copyOf(all.subList(Math.max(0, all.size() - atMost), all.size()));
  }
}
