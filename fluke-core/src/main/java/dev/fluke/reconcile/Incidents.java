package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.reconcile.FleetStatus.IncidentStatus;
import dev.fluke.reconcile.Incident.Kind;
import dev.fluke.reconcile.Incident.Subject;
import dev.fluke.report.TaskReport;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is worth an alert: opens an incident when drift or trouble begins, closes it when it
 * is over, and tells each once. Guarded by itself.
 */
final class Incidents {
  private static final Duration MAY_COME_BACK = Duration.ofMinutes(10);
  private static final Duration BETWEEN_REMINDERS = Duration.ofHours(24);

  private final Scheduler scheduler;
  private final Alerts alerts;
  private final Function<String, String> sourceOf;
  private final BySubject<Incident> known = new BySubject<>();
  private final Streaks streaks;
  private long opened;

  /**
   * None so far.
   *
   * @param sourceOf the name of the source that declares a task
   */
  Incidents(Scheduler scheduler, Alerts alerts, Function<String, String> sourceOf) {
    this.scheduler = scheduler;
    this.alerts = alerts;
    this.sourceOf = sourceOf;
    this.streaks = new Streaks(scheduler);
  }

  /** Drift is about to be applied away; told first if the policy says so. */
  synchronized void applying(Job job, Agent agent, TaskRun task, Revision revision) {
    TaskReport found = task.report(agent.name(), revision.id());
    Incident incident = withoutUnknown(job, agent, found);
    if (incident != null) {
      reopen(incident);
    } else if (task.policy.alerts()) {
      Event event = Facts.about(now("drift_detected"), job, agent, found, "in_progress");
      open(Kind.DRIFT, new Subject(found.agent(), found.task()), event);
    }
  }

  /** A task ended on an agent. */
  synchronized void ended(Job job, Agent agent, TaskReport report, TaskRun task) {
    Subject subject = new Subject(report.agent(), report.task());
    boolean applied = task.wasApplied();
    switch (report.outcome()) {
      case UNREACHABLE, SKIPPED, CANCELLED -> {}
      case IN_SYNC, REMEDIATED ->
          good(job, agent, report, withoutUnknown(job, agent, report), applied);
      case DRIFTED -> drifted(job, agent, report, task, withoutUnknown(job, agent, report));
      case FAILED, NON_CONVERGENT -> failed(job, agent, report, withoutUnknown(job, agent, report));
      case UNKNOWN -> {
        if (applied && (report.policy().alerts() || isMoreThanUnknown(known.get(subject)))) {
          failed(job, agent, report, withoutUnknown(job, agent, report));
        } else {
          unknown(subject, Facts.about(now("check_unknown"), job, agent, report, ""));
        }
      }
    }
  }

  private static boolean isMoreThanUnknown(@Nullable Incident incident) {
    return incident != null && incident.kind != Kind.UNKNOWN;
  }

  private void good(
      Job job, Agent agent, TaskReport report, @Nullable Incident incident, boolean applied) {
    if (incident == null) {
      return;
    }
    incident.lastSeenGood = true;
    incident.facts = Facts.about(now("drift_resolved"), job, agent, report, "");
    incident.applied |= applied;
    if (applied) {
      if (!incident.toldGood) {
        incident.toldGood = true;
        String type = incident.kind == Kind.DRIFT ? "drift_remediated" : incident.kind.ends;
        Event event = Facts.about(now(type), job, agent, report, "");
        alerts.close(incident, event.with("outcome", "success"));
      }
      over(incident, false);
    } else if (!incident.quiet) {
      over(incident, !incident.toldGood);
    }
  }

  private void drifted(
      Job job, Agent agent, TaskReport report, TaskRun task, @Nullable Incident incident) {
    if (incident == null && !task.policy.alerts()) {
      return;
    }
    Event event = Facts.about(now("drift_detected"), job, agent, report, Facts.whyNotNow(task));
    if (incident == null) {
      open(Kind.DRIFT, new Subject(report.agent(), report.task()), event);
      return;
    }
    reopen(incident);
    incident.facts = event;
    if (incident.toldGood && !task.policy.applies()) { // nobody is about to mend it
      incident.toldGood = false;
      alerts.tell(incident, event);
    }
  }

  private void failed(Job job, Agent agent, TaskReport report, @Nullable Incident found) {
    boolean speaks = report.policy().alerts();
    if (found == null && !speaks && alerts.haveNoSink()) {
      return;
    }
    Kind kind = found != null ? found.kind : speaks ? Kind.DRIFT : Kind.FAILURE;
    String type = kind == Kind.DRIFT ? "drift_remediated" : kind.begins;
    Event event =
        Facts.about(now(type), job, agent, report, "")
            .with("outcome", Facts.resultOf(report.outcome()));
    Incident incident = found;
    if (incident == null) {
      incident = open(kind, new Subject(report.agent(), report.task()), event);
    } else {
      reopen(incident);
      incident.facts = event;
      if (incident.toldGood || !incident.toldBad) {
        alerts.tell(incident, event);
      }
    }
    incident.applied = true;
    incident.toldGood = false;
    incident.toldBad = true;
  }

  /** Unknown closes nothing; alone it is told when it lasts. */
  private void unknown(Subject subject, Event event) {
    Incident incident = known.get(subject);
    if (incident != null) {
      incident.lastSeenGood = false;
    } else if (streaks.lasts(subject)) {
      open(Kind.UNKNOWN, subject, event);
    }
  }

  /** The incident of this subject, if it is about more than an unknown, which is over now. */
  private @Nullable Incident withoutUnknown(Job job, Agent agent, TaskReport report) {
    Subject subject = new Subject(report.agent(), report.task());
    streaks.end(subject);
    Incident incident = known.get(subject);
    if (incident != null && incident.kind == Kind.UNKNOWN) {
      incident.facts = Facts.about(now(incident.kind.ends), job, agent, report, "");
      close(incident, "");
      return null;
    }
    return incident;
  }

  /** Whether an agent could be reached; being out of reach is told when it lasts. */
  synchronized void looked(Agent agent, boolean unreachable, String why) {
    Subject subject = Subject.ofAgent(agent.name());
    Incident incident = known.get(subject);
    if (!unreachable) {
      streaks.end(subject);
      if (incident != null) {
        close(incident, "");
      }
    } else if (incident == null && streaks.lasts(subject)) {
      Event event = Facts.ofAgent(now("agent_unreachable"), agent);
      open(Kind.UNREACHABLE, subject, why.isEmpty() ? event : event.with("message", why));
    }
  }

  /** A source gave a revision that can't be taken; told for each revision. */
  synchronized void sourceBroken(String source, String revision, List<String> errors) {
    Event event = Facts.ofRefusal(now("source_broken"), source, revision, errors);
    Incident incident = known.get(Subject.ofSource(source));
    if (incident == null) {
      open(Kind.SOURCE, Subject.ofSource(source), event);
    } else {
      incident.facts = event;
      alerts.tell(incident, event);
    }
  }

  /** A source gave a revision that was taken. */
  synchronized void sourceGood(String source, String revision) {
    Incident incident = known.get(Subject.ofSource(source));
    if (incident != null) {
      incident.facts = now(incident.kind.ends).with("source", source).with("revision", revision);
      close(incident, "");
    }
  }

  /** After a look at all of an agent's tasks: those of other tasks are over. */
  synchronized void onlyTheseAreLeft(String agent, Set<String> tasks) {
    known
        .ofAgentBut(agent, tasks)
        .forEach(each -> close(each, "the task is not declared for this agent any more"));
  }

  /** An agent is managed no longer: all that is about it is over. */
  synchronized void agentGone(String agent) {
    streaks.endAll(agent);
    known.ofAgent(agent).forEach(incident -> close(incident, "the agent was removed"));
  }

  private Incident open(Kind kind, Subject subject, Event event) {
    boolean aboutTask = kind != Kind.SOURCE && !subject.task().isEmpty();
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

  private synchronized void remind(Incident incident) {
    if (known.get(incident.subject) == incident) {
      if (!incident.quiet) {
        alerts.remind(incident, Facts.again(incident.facts, now(incident.kind.goesOn())));
      }
      remindLater(incident);
    }
  }

  private void reopen(Incident incident) {
    incident.lastSeenGood = false;
    if (incident.quiet) {
      incident.quiet = false;
      incident.endOwed = false;
      incident.quietTimer(null);
      alerts.note("incident_reopened", incident);
    }
  }

  /** It is over; it counts as the same if it comes back soon. */
  private void over(Incident incident, boolean endOwed) {
    if (!incident.quiet) {
      alerts.note("incident_closed", incident);
    }
    incident.quiet = true;
    incident.endOwed = endOwed;
    incident.quietTimer(scheduler.after(MAY_COME_BACK, () -> quietFor(incident)));
  }

  private synchronized void quietFor(Incident incident) {
    if (known.get(incident.subject) != incident || !incident.quiet) {
      return;
    }
    if (incident.endOwed && !incident.lastSeenGood) {
      incident.quietTimer(scheduler.after(MAY_COME_BACK, () -> quietFor(incident)));
      return;
    }
    close(incident, "");
  }

  /** It is over for good. */
  private void close(Incident incident, String why) {
    known.remove(incident.subject);
    incident.quietTimer(null);
    incident.reminder(null);
    if (!incident.quiet) {
      alerts.note("incident_closed", incident);
    }
    if (incident.endOwed || !incident.quiet) {
      Instant at = incident.quiet ? incident.facts.time() : scheduler.now();
      Event event = Facts.ofEnd(incident.facts, Event.of(0, at, incident.kind.ends));
      alerts.close(incident, why.isEmpty() ? event : event.with("message", why));
    }
  }

  private Event now(String type) {
    return Event.of(0, scheduler.now(), type);
  }

  /** Those that are open now, the oldest first. */
  synchronized List<IncidentStatus> status() {
    return known.values().stream()
        .filter(incident -> !incident.quiet)
        .sorted(Comparator.comparingLong(incident -> incident.number))
        .map(Incident::status)
        .toList();
  }
}
