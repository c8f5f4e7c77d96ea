package dev.fluke.reconcile.internal.record;

import dev.fluke.event.Event;
import dev.fluke.event.EventSubscriber;
import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One subscriber with its own queue. A thread delivers while the queue has events. */
final class Subscription {
  private static final Logger log = LoggerFactory.getLogger(Subscription.class);
  private static final int LONGEST = 1_000;
  private static final Duration BETWEEN_COMPLAINTS = Duration.ofMinutes(1);

  private final EventSubscriber subscriber;
  private final Scheduler scheduler;
  private final LoopThread thread;
  private final Deque<Event> queue = new ArrayDeque<>();
  private boolean working;
  private boolean ended;
  private long dropped;
  private long droppedUnreported;
  private long complainedAt;
  private boolean complained;
  private Scheduler.@Nullable Work work;

  Subscription(EventSubscriber subscriber, Scheduler scheduler, LoopThread thread) {
    this.subscriber = subscriber;
    this.scheduler = scheduler;
    this.thread = thread;
  }

  void offer(Event event) {
    synchronized (this) {
      if (ended) {
        return;
      }
      queue.addLast(event);
      if (queue.size() > LONGEST) {
        queue.removeFirst();
        dropped++;
        droppedUnreported++;
      }
      if (working) {
        return;
      }
      working = true;
    }
    Scheduler.Work started = scheduler.start("fluke-subscriber", () -> thread.run(this::workOff));
    synchronized (this) {
      work = started;
    }
  }

  private void workOff() {
    for (Event next = next(); next != null; next = next()) {
      deliver(next);
    }
  }

  private synchronized @Nullable Event next() {
    Event first = queue.peekFirst();
    if (first == null || ended) {
      working = false;
      return null;
    }
    if (droppedUnreported > 0) {
      Event lost =
          Event.of(first.sequence() - 1, first.time(), EventTypes.EVENTS_DROPPED)
              .with("count", droppedUnreported);
      droppedUnreported = 0;
      return lost;
    }
    return queue.pollFirst();
  }

  private void deliver(Event event) {
    try {
      subscriber.on(event);
    } catch (Throwable t) {
      complain(t);
    }
  }

  private void complain(Throwable t) {
    long now = scheduler.nanoTime();
    if (!complained || now - complainedAt >= BETWEEN_COMPLAINTS.toNanos()) {
      complained = true;
      complainedAt = now;
      log.warn("subscriber {} failed; it stays subscribed", subscriber.getClass().getName(), t);
    }
  }

  synchronized long dropped() {
    return dropped;
  }

  synchronized void end() {
    ended = true;
    queue.clear();
    if (work != null) {
      work.interrupt();
    }
  }
}
