package dev.fluke.event;

import java.util.List;

/** Keeps events. Users may implement it. Many threads call it at once. */
public interface EventStore {

  /**
   * Keeps these events, in order.
   *
   * @throws Exception if they can't be kept; Fluke logs it and goes on without them
   */
  void append(List<Event> events) throws Exception;

  /**
   * The latest events about one agent, oldest first.
   *
   * @param agent the agent's name; empty for events that are about no agent
   * @param atMost the largest number of events to return
   */
  List<Event> latest(String agent, int atMost);

  /**
   * Keeps the latest events in memory until the process ends. Reserves room for all of an agent's
   * events with its first one, 4 to 8 bytes for each.
   *
   * @param perAgent how many events of each agent to keep, and of those about no agent; a
   *     reconciler keeps 100 unless given another store
   * @throws IllegalArgumentException if it is less than 1
   */
  static EventStore inMemory(int perAgent) {
    return new EventRing(perAgent);
  }
}
