package dev.fluke.reconcile.internal.record;

import dev.fluke.command.Mask;
import dev.fluke.event.Event;
import dev.fluke.event.EventStore;
import dev.fluke.event.EventSubscriber;
import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.EndedTask;
import dev.fluke.report.FleetStatus.EventStoreStatus;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns changes into events: one for each change, none for a check that found nothing new. Safe for
 * use by any thread.
 */
public final class EventRecorder {
  private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);

  private final Scheduler scheduler;
  private final StoreHealth health;
  private final StoreWriter store;
  private final LoopThread thread;
  private final Mask mask;
  private final EventLog eventLog = new EventLog();
  private final Outlet<Event> logged;
  private final List<Outlet<Event>> subscriptions = new CopyOnWriteArrayList<>();
  private final long incarnation;
  private long sequence;
  private long droppedByEnded;

  /** Records into this store; hides no secret. */
  public EventRecorder(Scheduler scheduler, EventStore store, LoopThread thread) {
    this(scheduler, store, thread, new Mask());
  }

  /** Records into this store. */
  public EventRecorder(Scheduler scheduler, EventStore store, LoopThread thread, Mask mask) {
    this.scheduler = scheduler;
    this.thread = thread;
    this.mask = mask;
    this.health = new StoreHealth();
    this.store = new StoreWriter(store, scheduler, thread, health, mask, this::dropped);
    this.logged = Subscription.of(eventLog, scheduler, thread);
    this.incarnation = ChronoUnit.MICROS.between(Instant.EPOCH, scheduler.now());
  }

  /**
   * Sets who hears, besides an event, that the store begins to fail and that it works again.
   *
   * @param failing is given the reason
   */
  public void whenStoreChanges(Consumer<String> failing, Runnable works) {
    health.listeners(
        why -> {
          publish(EventTypes.EVENT_STORE_FAILING, event -> event.with("message", why));
          failing.accept(why);
        },
        () -> {
          publish(EventTypes.EVENT_STORE_FAILING_RESOLVED, event -> event);
          works.run();
        });
  }

  /** Delivers every event from now on to the subscriber, until the result is closed. */
  public AutoCloseable subscribe(EventSubscriber subscriber) {
    Outlet<Event> added = Subscription.of(subscriber, scheduler, thread);
    subscriptions.add(added);
    return () -> {
      if (subscriptions.remove(added)) {
        added.end();
        synchronized (this) {
          droppedByEnded += added.dropped();
        }
      }
    };
  }

  /**
   * Publishes an event.
   *
   * @param fields adds the fields
   */
  public void publish(String type, UnaryOperator<Event> fields) {
    add(type, fields);
    wake();
  }

  /** As {@link #publish}, for callers that hold a lock: {@link #wake} hands the event out. */
  public void add(String type, UnaryOperator<Event> fields) {
    Event event;
    synchronized (this) {
      Event bare = Event.of(incarnation, ++sequence, scheduler.now(), type);
      event = EventFields.masked(fields.apply(bare), mask::hide);
      store.add(event);
      if (eventLog.takes(event)) {
        logged.add(event);
      }
      for (Outlet<Event> subscription : subscriptions) {
        subscription.add(event);
      }
    }
    log.trace("{}", event);
  }

  /** Hides secrets in what is shown elsewhere than in events. */
  public Mask mask() {
    return mask;
  }

  /** Tells the store alone that it lost events. */
  private synchronized void dropped(long count) {
    Event event = Event.of(incarnation, ++sequence, scheduler.now(), EventTypes.EVENTS_DROPPED);
    store.add(event.with("count", count));
  }

  /** Hands out what was added. Callers hold no lock. */
  public void wake() {
    store.wake();
    logged.wake();
    subscriptions.forEach(Outlet::wake);
  }

  /**
   * The latest events about one agent, oldest first. Calls the store on this thread, which may
   * block.
   */
  public List<Event> latest(String agent, int atMost) {
    return store.latest(agent, atMost);
  }

  public EventStoreStatus storeStatus() {
    return store.status();
  }

  /** Called before the apply of a drifted task: publishes the drift, unless it is known. */
  public void applying(EndedTask found, TaskState state) {
    if (!state.driftAnnounced()) {
      state.driftAnnounced(true);
      publish(EventTypes.DRIFT_DETECTED, event -> EventFields.ofTask(event, found, "in_progress"));
    }
  }

  /** A task ended: published if something was applied, or if it ended otherwise than last time. */
  public void ended(EndedTask task, TaskState state) {
    TaskReport before = state.ended(task.report(), scheduler.now());
    Outcome was = before == null ? Outcome.IN_SYNC : before.outcome();
    Outcome is = task.report().outcome();
    if (task.applied()) {
      publish(
          EventTypes.DRIFT_REMEDIATED,
          event -> EventFields.ofTask(event, task).with("outcome", EventFields.resultOf(is)));
      state.driftAnnounced(!is.succeeded());
    } else if (is == Outcome.IN_SYNC && state.driftAnnounced()) {
      state.driftAnnounced(false);
      publish(EventTypes.DRIFT_RESOLVED, event -> EventFields.ofTask(event, task));
    } else if (is == Outcome.DRIFTED && (was != is || !state.driftAnnounced())) {
      state.driftAnnounced(true);
      publish(
          EventTypes.DRIFT_DETECTED,
          event -> EventFields.ofTask(event, task, task.remediationStatus()));
    } else if (was != is) {
      String type = typeOf(was, is);
      if (!type.isEmpty()) {
        publish(type, event -> EventFields.ofTask(event, task));
      }
    }
    boolean undone = !task.report().remark().isEmpty();
    if (state.isNewsThatUndone(undone)) {
      publish(
          undone ? EventTypes.TASK_UNDONE : EventTypes.TASK_UNDONE_RESOLVED,
          event -> EventFields.ofTask(event, task));
    }
  }

  private static String typeOf(Outcome was, Outcome is) {
    return switch (is) {
      case UNKNOWN -> EventTypes.CHECK_UNKNOWN;
      case SKIPPED -> EventTypes.TASK_SKIPPED;
      case CANCELLED -> EventTypes.TASK_CANCELLED;
      case IN_SYNC, DRIFTED -> was == Outcome.UNKNOWN ? EventTypes.CHECK_UNKNOWN_RESOLVED : "";
      case FAILED, NON_CONVERGENT -> EventTypes.DRIFT_REMEDIATED;
      case REMEDIATED, UNREACHABLE -> ""; // published as applies, and of the agent
    };
  }

  /** How many events subscribers lost. */
  public synchronized long dropped() {
    return droppedByEnded + subscriptions.stream().mapToLong(Outlet::dropped).sum();
  }

  /** Gives subscribers and the event store time to take what waits for them. */
  public void flush(Duration atMost) throws InterruptedException {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    all.add(store.flush());
    all.add(logged.flush());
    subscriptions.forEach(subscription -> all.add(subscription.flush()));
    scheduler.await(CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)), atMost);
  }

  /** Ends the queues; what they still hold is lost. */
  public void close() {
    store.close();
    logged.close();
    subscriptions.forEach(Outlet::close);
  }
}
