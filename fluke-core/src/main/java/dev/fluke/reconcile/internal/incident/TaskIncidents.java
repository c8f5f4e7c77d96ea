package dev.fluke.reconcile.internal.incident;

import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.reconcile.internal.incident.Incident.Kind;
import dev.fluke.reconcile.internal.incident.IncidentState.Announced;
import dev.fluke.reconcile.internal.incident.IncidentState.Happening;
import dev.fluke.reconcile.internal.record.EventFields;
import dev.fluke.report.EndedTask;
import dev.fluke.report.Outcome;
import dev.fluke.time.Scheduler;
import org.jspecify.annotations.Nullable;

/** The incidents of tasks: of drift, of failed applies, and of checks that can't tell. */
final class TaskIncidents {
  private final Scheduler scheduler;
  private final AlertDispatcher alerts;
  private final IncidentRegistry known;
  private final FailureStreaks streaks;

  /** Guarded by the owner of these. */
  TaskIncidents(
      Scheduler scheduler, AlertDispatcher alerts, IncidentRegistry known, FailureStreaks streaks) {
    this.scheduler = scheduler;
    this.alerts = alerts;
    this.known = known;
    this.streaks = streaks;
  }

  /** A task that drifted is about to be applied. */
  void applying(EndedTask found) {
    Incident incident = withoutUnknown(found);
    if (incident != null) {
      known.change(incident, Happening.TO_BE_APPLIED);
    } else if (found.report().policy().alerts()) {
      Event event = EventFields.ofTask(now(EventTypes.DRIFT_DETECTED), found, "in_progress");
      incident = known.open(Kind.DRIFT, subjectOf(found), event);
    }
    if (incident != null) {
      incident.markApplied();
    }
  }

  void ended(EndedTask task) {
    Outcome outcome = task.report().outcome();
    switch (outcome) {
      case UNREACHABLE, SKIPPED -> {}
      case IN_SYNC, REMEDIATED -> good(task, withoutUnknown(task));
      case DRIFTED -> drifted(task, withoutUnknown(task));
      case FAILED, NON_CONVERGENT -> failed(task, withoutUnknown(task));
      case CANCELLED, UNKNOWN -> {
        boolean matters = task.report().policy().alerts() || isMoreThanUnknown(task);
        if (task.applied() && matters) {
          failed(task, withoutUnknown(task));
        } else if (outcome == Outcome.UNKNOWN) {
          unknown(subjectOf(task), EventFields.ofTask(now(EventTypes.CHECK_UNKNOWN), task));
        }
      }
    }
  }

  private boolean isMoreThanUnknown(EndedTask task) {
    Incident incident = known.get(subjectOf(task));
    return incident != null && incident.kind != Kind.UNKNOWN;
  }

  private void good(EndedTask task, @Nullable Incident incident) {
    if (incident == null || (incident.isOver() && !task.applied())) {
      return; // the alert of its end has the time when it was first in sync
    }
    incident.facts(EventFields.ofTask(now(EventTypes.DRIFT_RESOLVED), task));
    if (task.applied()) {
      incident.markApplied();
    }
    Happening what = task.applied() ? Happening.APPLY_HELPED : Happening.IN_SYNC;
    if (known.change(incident, what)) {
      String type = incident.kind == Kind.DRIFT ? EventTypes.DRIFT_REMEDIATED : incident.kind.ends;
      alerts.close(incident, EventFields.ofTask(now(type), task).with("outcome", "success"));
    }
  }

  private void drifted(EndedTask task, @Nullable Incident incident) {
    DriftPolicy policy = task.report().policy();
    if (incident == null && !policy.alerts()) {
      return;
    }
    Event event =
        EventFields.ofTask(now(EventTypes.DRIFT_DETECTED), task, task.remediationStatus());
    if (incident == null) {
      known.open(Kind.DRIFT, subjectOf(task), event);
      return;
    }
    incident.facts(event);
    Happening what = policy.applies() ? Happening.TO_BE_APPLIED : Happening.LEFT_ALONE;
    if (known.change(incident, what)) {
      alerts.publish(incident, event);
    }
  }

  private void failed(EndedTask task, @Nullable Incident found) {
    boolean alerting = task.report().policy().alerts();
    if (found == null && !alerting && alerts.hasNoSink()) {
      return;
    }
    Kind kind = found != null ? found.kind : alerting ? Kind.DRIFT : Kind.FAILURE;
    String type = kind == Kind.DRIFT ? EventTypes.DRIFT_REMEDIATED : kind.begins;
    Event event =
        EventFields.ofTask(now(type), task)
            .with("outcome", EventFields.resultOf(task.report().outcome()));
    if (found == null) {
      known.open(kind, subjectOf(task), event, Announced.FAILED).markApplied();
      return;
    }
    found.facts(event);
    found.markApplied();
    if (known.change(found, Happening.APPLY_FAILED)) {
      alerts.publish(found, event);
    }
  }

  /** An unknown result closes no open incident; without one, it opens its own when it lasts. */
  private void unknown(Subject subject, Event event) {
    Incident incident = known.get(subject);
    boolean isOver = incident == null || incident.isOver();
    if (isOver && streaks.lasts(subject)) {
      if (incident != null) {
        known.close(incident, "");
      }
      known.open(Kind.UNKNOWN, subject, event);
    }
  }

  /** Ends an incident about unknown results; returns the incident of this task if it is another. */
  private @Nullable Incident withoutUnknown(EndedTask task) {
    Subject subject = subjectOf(task);
    streaks.end(subject);
    Incident incident = known.get(subject);
    if (incident != null && incident.kind == Kind.UNKNOWN) {
      incident.facts(EventFields.ofTask(now(incident.kind.ends), task));
      known.close(incident, "");
      return null;
    }
    return incident;
  }

  private static Subject subjectOf(EndedTask task) {
    return Subject.ofTask(task.report().agent(), task.report().task());
  }

  private Event now(String type) {
    return Event.of(0, scheduler.now(), type);
  }
}
