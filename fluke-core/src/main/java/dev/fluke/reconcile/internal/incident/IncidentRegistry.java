package dev.fluke.reconcile.internal.incident;

import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.incident.Incident.Kind;
import dev.fluke.reconcile.internal.incident.Incident.Subject;
import dev.fluke.reconcile.internal.record.EventFields;
import dev.fluke.report.FleetStatus.IncidentStatus;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens, reminds, reopens and closes incidents, and alerts of each step. Keeps those that are over
 * for 10 minutes, in case they come back. Guarded by its owner.
 */
final class IncidentRegistry {
  private static final Duration MAY_COME_BACK = Duration.ofMinutes(10);
  private static final Duration BETWEEN_REMINDERS = Duration.ofHours(24);

  private final Scheduler scheduler;
  private final AlertDispatcher alerts;
  private final Function<String, String> sourceOf;
  private final Object guard;
  private final SubjectMap<Incident> known = new SubjectMap<>();
  private long opened;

  /**
   * A registry without incidents.
   *
   * @param sourceOf the name of the source that declares a task
   * @param guard the lock that its timers take
   */
  IncidentRegistry(
      Scheduler scheduler,
      AlertDispatcher alerts,
      Function<String, String> sourceOf,
      Object guard) {
    this.scheduler = scheduler;
    this.alerts = alerts;
    this.sourceOf = sourceOf;
    this.guard = guard;
  }

  @Nullable Incident get(Subject subject) {
    return known.get(subject);
  }

  List<Incident> ofAgent(String agent) {
    return known.ofAgent(agent);
  }

  Incident open(Kind kind, Subject subject, Event event) {
    boolean aboutTask = !subject.agent().isEmpty() && !subject.task().isEmpty();
    String source =
        kind == Kind.SOURCE ? subject.task() : aboutTask ? sourceOf.apply(subject.task()) : "";
    Incident incident = new Incident(++opened, kind, subject, source, event);
    known.put(subject, incident);
    alerts.open(incident, event);
    remindLater(incident);
    return incident;
  }

  private void remindLater(Incident incident) {
    incident.reminder(scheduler.after(BETWEEN_REMINDERS, () -> remind(incident)));
  }

  private void remind(Incident incident) {
    synchronized (guard) {
      if (known.get(incident.subject) == incident) {
        if (!incident.quiet) {
          Event again = Event.of(0, scheduler.now(), incident.kind.goesOn());
          alerts.remind(incident, EventFields.again(incident.facts, again));
        }
        remindLater(incident);
      }
    }
  }

  void reopen(Incident incident) {
    if (incident.quiet) {
      incident.quiet = false;
      incident.endOwed = false;
      incident.quietTimer(null);
      alerts.note(EventTypes.INCIDENT_REOPENED, incident);
    }
  }

  /** Marks it as over; if the trouble comes back within 10 minutes, it is the same incident. */
  void over(Incident incident, boolean endOwed) {
    if (!incident.quiet) {
      alerts.note(EventTypes.INCIDENT_CLOSED, incident);
    }
    incident.quiet = true;
    incident.endOwed = endOwed;
    incident.quietTimer(scheduler.after(MAY_COME_BACK, () -> quietFor(incident)));
  }

  private void quietFor(Incident incident) {
    synchronized (guard) {
      if (known.get(incident.subject) == incident && incident.quiet) {
        close(incident, "");
      }
    }
  }

  /** Removes it for good. */
  void close(Incident incident, String why) {
    known.remove(incident.subject);
    incident.quietTimer(null);
    incident.reminder(null);
    if (!incident.quiet) {
      alerts.note(EventTypes.INCIDENT_CLOSED, incident);
    }
    if (incident.endOwed || !incident.quiet) {
      Instant at = incident.quiet ? incident.facts.time() : scheduler.now();
      Event event = EventFields.ofEnd(incident.facts, Event.of(0, at, incident.kind.ends));
      alerts.close(incident, why.isEmpty() ? event : event.with("message", why));
    }
  }

  /** The open incidents, oldest first. */
  List<IncidentStatus> status() {
    return known.values().stream()
        .filter(incident -> !incident.quiet)
        .sorted(Comparator.comparingLong(incident -> incident.number))
        .map(Incident::status)
        .toList();
  }
}
