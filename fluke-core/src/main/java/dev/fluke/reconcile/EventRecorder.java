package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.event.EventStore;
import dev.fluke.event.EventSubscriber;
import dev.fluke.event.EventTypes;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns changes into events: one for each change, none for a check that found nothing new. */
final class EventRecorder {
  private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);

  private final Scheduler scheduler;
  private final EventStore store;
  private final ThreadLocal<Boolean> inside;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private long sequence;
  private long droppedByEnded;

  EventRecorder(Scheduler scheduler, EventStore store, ThreadLocal<Boolean> inside) {
    this.scheduler = scheduler;
    this.store = store;
    this.inside = inside;
  }

  ThreadLocal<Boolean> inside() {
    return inside;
  }

  AutoCloseable subscribe(EventSubscriber subscriber) {
    Subscription added = new Subscription(subscriber, scheduler, inside);
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

  /** An event that is about the fleet rather than a task. */
  void tell(String type, UnaryOperator<Event> fields) {
    synchronized (this) {
      Event event = fields.apply(Event.of(++sequence, scheduler.now(), type));
      log.trace("{}", event);
      try {
        store.append(List.of(event));
      } catch (Throwable t) {
        log.warn("the event store failed", t);
      }
      subscriptions.forEach(subscription -> subscription.offer(event));
    }
  }

  /** Drift that is about to be applied away: told once, when it is new. */
  void driftFound(AgentJob job, Agent agent, TaskRun task, Revision revision) {
    if (task.memory.driftAnnounced()) {
      return;
    }
    task.memory.driftAnnounced(true);
    TaskReport found = task.report(agent.name(), revision.id());
    tell(
        EventTypes.DRIFT_DETECTED,
        event -> EventFields.about(event, job, agent, found, "in_progress"));
  }

  /** A task ended: told if something was applied, or if it ended otherwise than last time. */
  void ended(AgentJob job, Agent agent, TaskReport report, TaskRun task) {
    TaskState memory = task.memory;
    TaskReport before = memory.ended(report, scheduler.now());
    Outcome was = before == null ? Outcome.IN_SYNC : before.outcome();
    Outcome is = report.outcome();
    if (task.wasApplied()) {
      tell(
          EventTypes.DRIFT_REMEDIATED,
          event ->
              EventFields.about(event, job, agent, report, "")
                  .with("outcome", EventFields.resultOf(is)));
      memory.driftAnnounced(!is.succeeded());
    } else if (is == Outcome.IN_SYNC && memory.driftAnnounced()) {
      memory.driftAnnounced(false);
      tell(EventTypes.DRIFT_RESOLVED, event -> EventFields.about(event, job, agent, report, ""));
    } else if (is == Outcome.DRIFTED && (was != is || !memory.driftAnnounced())) {
      memory.driftAnnounced(true);
      tell(
          EventTypes.DRIFT_DETECTED,
          event ->
              EventFields.about(event, job, agent, report, EventFields.remediationStatus(task)));
    } else if (was != is) {
      String type = typeOf(was, is);
      if (!type.isEmpty()) {
        tell(type, event -> EventFields.about(event, job, agent, report, ""));
      }
    }
  }

  private static String typeOf(Outcome was, Outcome is) {
    return switch (is) {
      case UNKNOWN -> EventTypes.CHECK_UNKNOWN;
      case SKIPPED -> EventTypes.TASK_SKIPPED;
      case CANCELLED -> EventTypes.TASK_CANCELLED;
      case IN_SYNC, DRIFTED -> was == Outcome.UNKNOWN ? EventTypes.CHECK_UNKNOWN_RESOLVED : "";
      case FAILED, NON_CONVERGENT -> EventTypes.DRIFT_REMEDIATED;
      case REMEDIATED, UNREACHABLE -> ""; // told as applies, and of the agent
    };
  }

  synchronized long dropped() {
    return droppedByEnded + subscriptions.stream().mapToLong(Subscription::dropped).sum();
  }

  void close() {
    subscriptions.forEach(Subscription::end);
  }
}
