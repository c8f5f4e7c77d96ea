package dev.fluke.event;

import com.google.common.collect.EvictingQueue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the latest events of each agent in memory. */
final class EventRing implements EventStore {
  private final int perAgent;
  private final Map<String, EvictingQueue<Event>> rings = new HashMap<>();

  EventRing(int perAgent) {
    if (perAgent < 1) {
      throw new IllegalArgumentException(
          "events per agent is %d, must be at least 1".formatted(perAgent));
    }
    this.perAgent = perAgent;
  }

  @Override
  public synchronized void append(List<Event> events) {
    for (Event event : events) {
      rings
          .computeIfAbsent(event.agent().orElse(""), agent -> EvictingQueue.create(perAgent))
          .add(event);
    }
  }

  @Override
  public synchronized List<Event> latest(String agent, int atMost) {
    EvictingQueue<Event> ring = rings.get(agent);
    List<Event> all = ring == null ? List.of() : new ArrayList<>(ring);
    return List.copyOf(all.subList(Math.max(0, all.size() - atMost), all.size()));
  }
}
