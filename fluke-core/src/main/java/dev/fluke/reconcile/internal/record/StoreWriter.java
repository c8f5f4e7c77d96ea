package dev.fluke.reconcile.internal.record;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Mask;
import dev.fluke.event.Event;
import dev.fluke.event.EventStore;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.memory.Backoff;
import dev.fluke.report.FleetStatus.EventStoreStatus;
import dev.fluke.text.Durations;
import dev.fluke.text.ErrorText;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to their store, apart from the loop. Events of a call that failed are written
 * again. Safe for use by any thread.
 */
final class StoreWriter {
  private static final Outlet.Size SIZE = new Outlet.Size(10_000, 500);
  private static final Duration LONGEST_CALL = Duration.ofMinutes(1);
  private static final Backoff RETRIES =
      new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(1), Backoff.Jitter.NONE);

  private final EventStore store;
  private final Scheduler scheduler;
  private final StoreHealth health;
  private final Mask mask;
  private final Outlet<Event> outlet;
  private final LongConsumer whenDropped;
  private @Nullable Instant nextTry;
  private int failures;
  private long written;
  private long calls;
  private volatile long reported; // of the dropped ones
  private boolean inCall;
  private boolean overran;

  /**
   * Writes nothing yet.
   *
   * @param whenDropped receives how many events were dropped, once the store works
   */
  StoreWriter(
      EventStore store,
      Scheduler scheduler,
      LoopThread thread,
      StoreHealth health,
      Mask mask,
      LongConsumer whenDropped) {
    this.mask = mask;
    this.whenDropped = whenDropped;
    this.store = store;
    this.scheduler = scheduler;
    this.health = health;
    this.outlet = new Outlet<>("fluke-events", SIZE, new Writing(), scheduler, thread);
  }

  /** Queues an event; {@link #wake} comes next. Callers may hold locks. */
  void add(Event event) {
    outlet.add(event);
  }

  /** Starts to write, unless a thread does so. Callers hold no lock. */
  void wake() {
    outlet.wake();
  }

  /** The latest events about one agent, oldest first: those in the store, and those that wait. */
  List<Event> latest(String agent, int atMost) {
    List<Event> waiting = outlet.pending(event -> event.agent().orElse("").equals(agent));
    List<Event> all =
        new ArrayList<>(
            requireNonNull(
                store.latest(agent, atMost), "latest(..) of the event store returned null"));
    Set<String> stored = all.stream().map(Event::cursor).collect(Collectors.toSet());
    waiting.stream().filter(event -> !stored.contains(event.cursor())).forEach(all::add);
    return List.copyOf(all.subList(Math.max(0, all.size() - Math.max(0, atMost)), all.size()));
  }

  EventStoreStatus status() {
    Optional<Instant> next;
    long count;
    synchronized (this) {
      next = Optional.ofNullable(nextTry);
      count = written;
    }
    return new EventStoreStatus(outlet.size(), count, outlet.dropped(), health.lastError(), next);
  }

  /** Writes all that waits without a pause; done when nothing is left to try. */
  CompletableFuture<Void> flush() {
    return outlet.flush();
  }

  /** Writes nothing more; the log says how many events are lost. */
  void close() {
    outlet.close();
  }

  /** The calls of the store, by one thread at a time. */
  private final class Writing implements Outlet.Receiver<Event> {
    @Override
    public void take(List<Event> events) throws Exception {
      long call = begin();
      Scheduler.Timer limit = scheduler.after(LONGEST_CALL, () -> overran(call));
      try {
        store.append(events);
      } finally {
        limit.cancel();
        end();
      }
      wrote(events.size());
      reportDropped();
      health.works();
    }

    @Override
    public Optional<Duration> failed(Throwable t) {
      health.failing(whyNot(t), t);
      return Optional.of(untilNextTry());
    }

    @Override
    public String toString() {
      return "the event store " + store.getClass().getName();
    }
  }

  private synchronized long begin() {
    inCall = true;
    overran = false;
    nextTry = null;
    return ++calls;
  }

  private synchronized void end() {
    inCall = false;
  }

  private synchronized void wrote(int events) {
    failures = 0;
    written += events;
  }

  /** Queues the report behind all events, so that its cursor is its own and the latest. */
  private void reportDropped() {
    long all = outlet.dropped();
    if (all > reported) {
      whenDropped.accept(all - reported);
      reported = all;
    }
  }

  private synchronized String whyNot(Throwable t) {
    return overran ? tooLong() : ErrorText.of(t, mask::hide);
  }

  private static String tooLong() {
    return "append(..) did not return within " + Durations.display(LONGEST_CALL);
  }

  private synchronized Duration untilNextTry() {
    Duration wait = RETRIES.after(failures, scheduler.random());
    failures++;
    nextTry = scheduler.now().plus(wait);
    return wait;
  }

  /** On the timer's thread, so what follows gets a thread of its own. */
  private void overran(long call) {
    synchronized (this) {
      if (!inCall || call != calls) {
        return;
      }
      overran = true;
      outlet.interrupt(); // before the call can end
    }
    scheduler.start("fluke-events-late", () -> late(call));
  }

  private void late(long call) {
    synchronized (this) {
      if (!inCall || call != calls) {
        return;
      }
    }
    health.failing(tooLong(), null);
  }
}
