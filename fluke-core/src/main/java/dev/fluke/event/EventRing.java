package dev.fluke.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the latest events of each agent in memory, and those of the agents that were removed last.
 */
final class EventRing implements EventStore {
  private static final int REMOVED_AGENTS = 100;
  private static final int FORGOTTEN_AGENTS = 10_000;

  private final int perAgent;
  private final Map<String, Deque<Event>> rings = new HashMap<>();
  private final Set<String> removed = new LinkedHashSet<>(); // the one removed first comes first
  private final Set<String> forgotten = new LinkedHashSet<>(); // some event may still come

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
      String agent = event.agent().orElse("");
      Deque<Event> ring = rings.computeIfAbsent(agent, name -> new ArrayDeque<>(2));
      ring.addLast(event);
      if (ring.size() > perAgent) {
        ring.removeFirst();
      }
      if (event.type().equals(EventTypes.AGENT_ADDED)) {
        removed.remove(agent);
        forgotten.remove(agent);
      } else if (event.type().equals(EventTypes.AGENT_REMOVED) || forgotten.contains(agent)) {
        removed(agent);
      }
    }
  }

  private void removed(String agent) {
    forgotten.remove(agent);
    removed.remove(agent);
    removed.add(agent);
    if (removed.size() > REMOVED_AGENTS) {
      String first = removed.iterator().next();
      removed.remove(first);
      rings.remove(first);
      forgotten.add(first);
    }
    if (forgotten.size() > FORGOTTEN_AGENTS) {
      forgotten.remove(forgotten.iterator().next());
    }
  }

  @Override
  public synchronized List<Event> latest(String agent, int atMost) {
    Deque<Event> ring = rings.get(agent);
    List<Event> all = ring == null ? List.of() : new ArrayList<>(ring);
    return List.copyOf(all.subList(Math.max(0, all.size() - atMost), all.size()));
  }
}
