package dev.fluke.event;

import java.util.List;

/** Keeps events. Users may implement it; called from many threads at once. */
public interface EventStore {

  /** Takes these events, in order. */
  void append(List<Event> events) throws Exception;

  /**
   * The latest events about one agent, oldest first.
   *
   * @param agent the agent's name; empty for those that are about no agent
   * @param atMost how many
   */
  List<Event> latest(String agent, int atMost);

  /**
   * Keeps events in memory, until the process ends.
   *
   * @param perAgent how many of each agent, and of those about none; 100 is the default
   */
  static EventStore inMemory(int perAgent) {
    return new EventRing(perAgent);
  }
}
