package dev.fluke.event;

import java.util.List;

/**
 * Keeps events, such as in a database. Users may implement it.
 *
 * <p>A store can neither stop nor delay the loop. Events wait for it in a queue of 10,000; when it
 * is full, the oldest are dropped and counted, and the store gets {@link EventTypes#EVENTS_DROPPED}
 * once it works again. While it fails or hangs, the status says so, and Fluke opens an incident:
 * {@link EventTypes#EVENT_STORE_FAILING}.
 */
public interface EventStore {

  /**
   * Keeps these events, in order. One of Fluke's threads calls it with up to 500 events at a time.
   * It may block; Fluke interrupts it after a minute. It must not wait for the reconciler, such as
   * for a plan or a manual run.
   *
   * <p>After a failure the same events come again, after 5 s, then less and less often up to every
   * minute. A store that kept some of them before it failed recognizes them by their {@link
   * Event#cursor}.
   *
   * @throws Exception if they can't be kept
   */
  void append(List<Event> events) throws Exception;

  /**
   * The latest events about one agent, oldest first. Threads that call the reconciler's {@code
   * events(..)} call it, several at once, also during {@code append}; only they wait for it.
   *
   * @param agent the agent's name; empty for events that are about no agent
   * @param atMost the largest number of events to return
   */
  List<Event> latest(String agent, int atMost);

  /**
   * Keeps the latest events in memory until the process ends. When an agent is removed, its events
   * stay until 100 other agents are removed.
   *
   * @param perAgent how many events of each agent to keep, and of those about no agent; a
   *     reconciler keeps 100 unless given another store
   * @throws IllegalArgumentException if it is less than 1
   */
  static EventStore inMemory(int perAgent) {
    return new EventRing(perAgent);
  }
}
