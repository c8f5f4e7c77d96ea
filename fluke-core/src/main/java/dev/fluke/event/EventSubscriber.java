package dev.fluke.event;

/**
 * Is told of events. Users implement it.
 *
 * <p>Each subscriber has its own queue, and is called on one of Fluke's threads, one event at a
 * time, in order. It can neither stop nor slow the loop: what it throws is logged, and when its
 * queue is full the oldest events are dropped and counted ({@code events_dropped}).
 */
@FunctionalInterface
public interface EventSubscriber {

  /**
   * Takes one event. It may block, and throw; it must not call back into the reconciler to wait.
   */
  void on(Event event) throws Exception;
}
