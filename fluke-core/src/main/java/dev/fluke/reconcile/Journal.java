package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.event.EventStore;
import dev.fluke.event.EventSubscriber;
import dev.fluke.report.Outcome;
import dev.fluke.report.StepReport;
import dev.fluke.report.TaskReport;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns changes into events: one for each change, none for a check that found nothing new. */
final class Journal {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  private final Scheduler scheduler;
  private final EventStore store;
  private final ThreadLocal<Boolean> inside;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private long sequence;
  private long droppedByEnded;

  Journal(Scheduler scheduler, EventStore store, ThreadLocal<Boolean> inside) {
    this.scheduler = scheduler;
    this.store = store;
    this.inside = inside;
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
      try {
        store.append(List.of(event));
      } catch (Throwable t) {
        log.warn("the event store failed", t);
      }
      subscriptions.forEach(subscription -> subscription.offer(event));
    }
  }

  /** Drift that is about to be applied away: told once, when it is new. */
  void driftFound(Job job, Agent agent, TaskRun task, Revision revision) {
    if (!task.isDrifted() || task.memory.driftAnnounced()) {
      return;
    }
    task.memory.driftAnnounced(true);
    TaskReport found = task.report(agent.name(), revision.id());
    tell("drift_detected", event -> about(event, job, agent, found, "in_progress"));
  }

  /** A task ended: told if something was applied, or if it ended otherwise than last time. */
  void ended(Job job, Agent agent, TaskReport report, TaskRun task) {
    TaskMemory memory = task.memory;
    TaskReport before = memory.ended(report, scheduler.now());
    Outcome was = before == null ? Outcome.IN_SYNC : before.outcome();
    Outcome is = report.outcome();
    if (task.wasApplied()) {
      tell(
          "drift_remediated",
          event -> about(event, job, agent, report, "").with("outcome", resultOf(is)));
      memory.driftAnnounced(!is.isGood());
    } else if (is == Outcome.IN_SYNC && memory.driftAnnounced()) {
      memory.driftAnnounced(false);
      tell("drift_resolved", event -> about(event, job, agent, report, ""));
    } else if (is == Outcome.DRIFTED && (was != is || !memory.driftAnnounced())) {
      memory.driftAnnounced(true);
      tell("drift_detected", event -> about(event, job, agent, report, whyNotNow(task)));
    } else if (was != is) {
      String type = typeOf(was, is);
      if (!type.isEmpty()) {
        tell(type, event -> about(event, job, agent, report, ""));
      }
    }
  }

  private static String whyNotNow(TaskRun task) {
    if (!task.policy.applies()) {
      return "pending_manual";
    }
    return task.memory.heldUntil() == null ? "in_progress" : "held";
  }

  private static String typeOf(Outcome was, Outcome is) {
    return switch (is) {
      case UNKNOWN -> "check_unknown";
      case SKIPPED -> "task_skipped";
      case CANCELLED -> "task_cancelled";
      case IN_SYNC, DRIFTED -> was == Outcome.UNKNOWN ? "check_unknown_resolved" : "";
      case FAILED, NON_CONVERGENT -> "drift_remediated";
      case REMEDIATED, UNREACHABLE -> ""; // told as applies, and of the agent
    };
  }

  private static String resultOf(Outcome outcome) {
    return switch (outcome) {
      case REMEDIATED, IN_SYNC -> "success";
      case NON_CONVERGENT -> "not_convergent";
      case FAILED -> "failure";
      case UNKNOWN, CANCELLED, UNREACHABLE, SKIPPED, DRIFTED -> "unknown";
    };
  }

  private static Event about(
      Event event, Job job, Agent agent, TaskReport report, String remediationStatus) {
    Event told =
        ofAgent(event, agent)
            .with("task", report.task())
            .with("policy", report.policy().toString());
    if (!remediationStatus.isEmpty()) {
      told = told.with("remediation_status", remediationStatus);
    }
    if (report.cause().isPresent()) {
      told = told.with("cause", report.cause().get().name());
    }
    if (!report.reason().isEmpty()) {
      told = told.with("message", report.reason());
    }
    told = told.with("revision", report.revision()).with("cycle", job.cycle());
    told = told.with("steps", report.steps().stream().map(Journal::stepOf).toList());
    return byWhom(told, job.run);
  }

  static Event byWhom(Event event, @Nullable ManualRun run) {
    if (run == null) {
      return event;
    }
    Event told = event.with("actor", run.actor());
    return run.reason().isEmpty() ? told : told.with("reason", run.reason());
  }

  static Event ofAgent(Event event, Agent agent) {
    Map<String, Object> fields = new LinkedHashMap<>(); // in this order, also after a restart
    fields.put("name", agent.name());
    fields.put("labels", agent.labels());
    return event.with("agent", fields);
  }

  private static Map<String, Object> stepOf(StepReport step) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", step.step());
    fields.put("outcome", step.outcome().name());
    if (!step.differences().isEmpty()) {
      fields.put(
          "differences", step.differences().stream().map(found -> found.toString()).toList());
    }
    if (!step.message().isEmpty()) {
      fields.put("message", step.message());
    }
    return fields;
  }

  synchronized long dropped() {
    return droppedByEnded + subscriptions.stream().mapToLong(Subscription::dropped).sum();
  }

  void close() {
    subscriptions.forEach(Subscription::end);
  }
}
