package dev.fluke.reconcile.internal.record;

import dev.fluke.event.Event;
import dev.fluke.event.EventSubscriber;
import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gives events to one subscriber, one at a time. */
final class Subscription implements Outlet.Receiver<Event> {
  private static final Outlet.Size SIZE = new Outlet.Size(1_000, 1);

  private final EventSubscriber subscriber;
  private final RateLimitedLog failures;

  private Subscription(EventSubscriber subscriber, Scheduler scheduler) {
    this.subscriber = subscriber;
    this.failures = new RateLimitedLog(scheduler);
  }

  static Outlet<Event> of(EventSubscriber subscriber, Scheduler scheduler, LoopThread thread) {
    Subscription subscription = new Subscription(subscriber, scheduler);
    return new Outlet<>("fluke-subscriber", SIZE, subscription, scheduler, thread);
  }

  @Override
  public void take(List<Event> events) throws Exception {
    for (Event event : events) {
      subscriber.on(event);
    }
  }

  @Override
  public Optional<Duration> failed(Throwable t) {
    failures.warn(this + " failed; it stays subscribed", t);
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "subscriber " + subscriber.getClass().getName();
  }

  @Override
  public Optional<Event> report(long dropped, Event next) {
    return Optional.of(eventOf(dropped, next));
  }

  /** The event that takes the place of those that were dropped before another. */
  static Event eventOf(long dropped, Event next) {
    long last = next.sequence() - 1;
    return Event.of(next.incarnation(), last, next.time(), EventTypes.EVENTS_DROPPED)
        .with("count", dropped);
  }
}
