package dev.fluke.reconcile.internal.incident;

import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.report.FleetStatus.IncidentStatus;
import dev.fluke.time.Scheduler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A continuous period of drift or trouble, and which alerts were sent about it. */
final class Incident {
  final long number;
  final Kind kind;
  final Subject subject;
  final String key;
  final Instant since;
  boolean quiet; // over, but it may come back soon
  boolean endOwed; // the alert that it is over was not sent yet
  boolean applied; // something was applied because of it
  boolean reportedGood; // the last alert reported success
  boolean reportedBad; // an alert reported that an apply did not help
  Event facts;
  private Scheduler.@Nullable Timer quietTimer;
  private Scheduler.@Nullable Timer reminder;

  Incident(long number, Kind kind, Subject subject, String source, Event facts) {
    this.number = number;
    this.kind = kind;
    this.subject = subject;
    this.key = subject.key(source);
    this.since = facts.time();
    this.facts = facts;
  }

  /** What it is about, and the event types of its beginning and its end. */
  enum Kind {
    DRIFT(EventTypes.DRIFT_DETECTED, EventTypes.DRIFT_RESOLVED),
    FAILURE(EventTypes.REMEDIATION_FAILED, EventTypes.REMEDIATION_FAILED_RESOLVED),
    UNKNOWN(EventTypes.CHECK_UNKNOWN, EventTypes.CHECK_UNKNOWN_RESOLVED),
    UNREACHABLE(EventTypes.AGENT_UNREACHABLE, EventTypes.AGENT_UNREACHABLE_RESOLVED),
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

  /**
   * The agent, task or source that an incident is about, or the event store.
   *
   * @param agent empty for a source, and for the event store
   * @param task empty for an agent as a whole; a source's name for a source
   */
  record Subject(String agent, String task) {

    /** Not the name of a source. */
    static final Subject EVENT_STORE = new Subject("", "\0event store");

    static Subject ofSource(String source) {
      return new Subject("", source);
    }

    static Subject ofAgent(String agent) {
      return new Subject(agent, "");
    }

    /** A key that stays the same after a restart. */
    String key(String source) {
      String named = source + "\0" + agent + "\0" + (agent.isEmpty() ? "" : task);
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256").digest(named.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 16);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
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
        Optional.of(subject.task()).filter(name -> !name.isEmpty() && !subject.agent().isEmpty()),
        facts.field("source"),
        since);
  }
}
