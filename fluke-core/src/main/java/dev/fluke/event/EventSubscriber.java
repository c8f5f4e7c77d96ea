package dev.fluke.event;

/**
 * Receives events. Users implement it.
 *
 * <p>Each subscriber has a queue of its own. One of Fluke's threads calls it with one event at a
 * time, in order. A subscriber can neither stop nor delay the loop: Fluke logs what it throws; when
 * its queue is full, the oldest events are dropped and counted ({@code events_dropped}).
 */
@FunctionalInterface
public interface EventSubscriber {

  /**
   * Receives one event. It may block or throw. It must not wait for the reconciler, such as for a
   * plan or a manual run.
   */
  void on(Event event) throws Exception;
}
