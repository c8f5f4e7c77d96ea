package dev.fluke.reconcile.internal.incident;

import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.incident.IncidentState.Announced;
import dev.fluke.reconcile.internal.incident.IncidentState.Happening;
import dev.fluke.reconcile.internal.incident.IncidentState.Phase;
import dev.fluke.report.FleetStatus.IncidentStatus;
import dev.fluke.time.Scheduler;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A continuous period of drift or trouble. Guarded by the owner of its registry. */
final class Incident {
  final long number;
  final Kind kind;
  final Subject subject;
  final String key;
  final Instant since;
  private IncidentState state;
  private boolean applied;
  private Event facts;
  private Scheduler.@Nullable Timer quietTimer;
  private Scheduler.@Nullable Timer reminder;

  Incident(
      long number, Kind kind, Subject subject, String source, Event facts, Announced announced) {
    this.number = number;
    this.kind = kind;
    this.subject = subject;
    this.key = subject.key(source);
    this.since = facts.time();
    this.facts = facts;
    this.state = IncidentState.opening(announced);
  }

  /** What kind of trouble it is, and the event types of its beginning and its end. */
  enum Kind {
    DRIFT(EventTypes.DRIFT_DETECTED, EventTypes.DRIFT_RESOLVED),
    FAILURE(EventTypes.REMEDIATION_FAILED, EventTypes.REMEDIATION_FAILED_RESOLVED),
    UNKNOWN(EventTypes.CHECK_UNKNOWN, EventTypes.CHECK_UNKNOWN_RESOLVED),
    UNREACHABLE(EventTypes.AGENT_UNREACHABLE, EventTypes.AGENT_UNREACHABLE_RESOLVED),
    STUCK(EventTypes.AGENT_STUCK, EventTypes.AGENT_STUCK_RESOLVED),
    SOURCE(EventTypes.SOURCE_BROKEN, EventTypes.SOURCE_BROKEN_RESOLVED),
    STORE(EventTypes.EVENT_STORE_FAILING, EventTypes.EVENT_STORE_FAILING_RESOLVED);

    final String begins;
    final String ends;

    Kind(String begins, String ends) {
      this.begins = begins;
      this.ends = ends;
    }

    /** The event type of its daily reminder. */
    String goesOn() {
      return this == DRIFT || this == FAILURE ? EventTypes.DRIFT_REMINDER : begins;
    }
  }

  /** Changes its state; true if sinks get an alert about it. */
  boolean after(Happening what) {
    IncidentState.Change change = state.after(what);
    state = change.to();
    return change.announced();
  }

  boolean isOver() {
    return state.phase() == Phase.OVER;
  }

  /** Whether an alert must still say that it is over. */
  boolean isEndOwed() {
    return state.isEndOwed();
  }

  /** Whether something was applied because of it. */
  boolean isApplied() {
    return applied;
  }

  void markApplied() {
    applied = true;
  }

  /** The latest event about it. */
  Event facts() {
    return facts;
  }

  void facts(Event latest) {
    facts = latest;
  }

  void quietTimer(Scheduler.@Nullable Timer timer) {
    if (quietTimer != null) {
      quietTimer.cancel();
    }
    quietTimer = timer;
  }

  void reminder(Scheduler.@Nullable Timer timer) {
    if (reminder != null) {
      reminder.cancel();
    }
    reminder = timer;
  }

  IncidentStatus status() {
    return new IncidentStatus(
        key,
        kind.begins,
        Optional.of(subject.agent()).filter(name -> !name.isEmpty()),
        Optional.of(subject.task()).filter(name -> !name.isEmpty()),
        facts.field("source"),
        since);
  }
}
