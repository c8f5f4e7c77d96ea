package dev.fluke.reconcile.internal.incident;

import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.incident.Incident.Kind;
import dev.fluke.reconcile.internal.incident.IncidentState.Announced;
import dev.fluke.reconcile.internal.incident.IncidentState.Happening;
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
 * Opens, changes, reminds and closes incidents, with their timers and events. Keeps those that are
 * over for 10 minutes, in case they come back. Guarded by its owner.
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

  /** Opens an incident whose first alert is this event. */
  Incident open(Kind kind, Subject subject, Event event) {
    return open(kind, subject, event, Announced.FOUND);
  }

  /**
   * As {@link #open(Kind, Subject, Event)}.
   *
   * @param announced what that first alert says
   */
  Incident open(Kind kind, Subject subject, Event event, Announced announced) {
    Incident incident = new Incident(++opened, kind, subject, sourceOf(subject), event, announced);
    known.put(subject, incident);
    alerts.open(incident, event);
    remindLater(incident);
    return incident;
  }

  private String sourceOf(Subject subject) {
    return switch (subject.aspect()) {
      case TASK -> sourceOf.apply(subject.name());
      case SOURCE -> subject.name();
      case AGENT, LANE, EVENT_STORE -> "";
    };
  }

  private void remindLater(Incident incident) {
    incident.reminder(scheduler.after(BETWEEN_REMINDERS, () -> remind(incident)));
  }

  private void remind(Incident incident) {
    synchronized (guard) {
      if (known.get(incident.subject) == incident) {
        if (incident.after(Happening.DAY_PASSED)) {
          Event again = Event.of(0, scheduler.now(), incident.kind.goesOn());
          alerts.remind(incident, EventFields.again(incident.facts(), again));
        }
        remindLater(incident);
      }
    }
    alerts.wake();
  }

  /**
   * Changes an incident. If it is over, it stays the same incident for 10 minutes, in case the
   * trouble comes back.
   *
   * @return whether the caller must send an alert about it
   */
  boolean change(Incident incident, Happening what) {
    boolean wasOver = incident.isOver();
    boolean announce = incident.after(what);
    if (wasOver && !incident.isOver()) {
      incident.quietTimer(null);
      alerts.note(EventTypes.INCIDENT_REOPENED, incident);
    } else if (incident.isOver() && (!wasOver || what == Happening.APPLY_HELPED)) {
      incident.quietTimer(scheduler.after(MAY_COME_BACK, () -> quietFor(incident)));
    }
    if (!wasOver && incident.isOver()) {
      alerts.note(EventTypes.INCIDENT_CLOSED, incident);
    }
    return announce;
  }

  private void quietFor(Incident incident) {
    synchronized (guard) {
      if (known.get(incident.subject) == incident && incident.isOver()) {
        close(incident, "");
      }
    }
    alerts.wake();
  }

  /** Removes it for good, with an alert unless the last one said that it is over. */
  void close(Incident incident, String why) {
    known.remove(incident.subject);
    incident.quietTimer(null);
    incident.reminder(null);
    if (!incident.isOver()) {
      alerts.note(EventTypes.INCIDENT_CLOSED, incident);
    }
    if (incident.isEndOwed()) {
      Instant at = incident.isOver() ? incident.facts().time() : scheduler.now();
      Event event = EventFields.ofEnd(incident.facts(), Event.of(0, at, incident.kind.ends));
      alerts.close(incident, why.isEmpty() ? event : event.with("message", why));
    }
  }

  /** The open incidents, oldest first. */
  List<IncidentStatus> status() {
    return known.values().stream()
        .filter(incident -> !incident.isOver())
        .sorted(Comparator.comparingLong(incident -> incident.number))
        .map(Incident::status)
        .toList();
  }
}
