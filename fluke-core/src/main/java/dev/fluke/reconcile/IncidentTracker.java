package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.Incident.Kind;
import dev.fluke.reconcile.Incident.Subject;
import dev.fluke.report.FleetStatus.IncidentStatus;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is worth an alert: opens an incident when drift or trouble begins, closes it when it
 * is over, and tells each once. Guarded by itself.
 */
final class IncidentTracker {
  private final Scheduler scheduler;
  private final AlertDispatcher alerts;
  private final IncidentRegistry known;
  private final FailureStreaks streaks;

  /**
   * None so far.
   *
   * @param sourceOf the name of the source that declares a task
   */
  IncidentTracker(Scheduler scheduler, AlertDispatcher alerts, Function<String, String> sourceOf) {
    this.scheduler = scheduler;
    this.alerts = alerts;
    this.known = new IncidentRegistry(scheduler, alerts, sourceOf, this);
    this.streaks = new FailureStreaks(scheduler);
  }

  /** Drift is about to be applied away; told first if the policy says so. */
  synchronized void applying(AgentJob job, Agent agent, TaskRun task, Revision revision) {
    if (job.agent.isRemoved()) {
      return;
    }
    TaskReport found = task.report(agent.name(), revision.id());
    Incident incident = withoutUnknown(job, agent, found);
    if (incident != null) {
      known.reopen(incident);
    } else if (task.policy.alerts()) {
      Event event =
          EventFields.about(now(EventTypes.DRIFT_DETECTED), job, agent, found, "in_progress");
      incident = known.open(Kind.DRIFT, new Subject(found.agent(), found.task()), event);
    }
    if (incident != null) {
      incident.applied = true;
    }
  }

  /** A task ended on an agent. */
  synchronized void ended(AgentJob job, Agent agent, TaskReport report, TaskRun task) {
    if (job.agent.isRemoved()) {
      return;
    }
    Subject subject = new Subject(report.agent(), report.task());
    boolean applied = task.wasApplied();
    switch (report.outcome()) {
      case UNREACHABLE, SKIPPED -> {}
      case IN_SYNC, REMEDIATED ->
          good(job, agent, report, withoutUnknown(job, agent, report), applied);
      case DRIFTED -> drifted(job, agent, report, task, withoutUnknown(job, agent, report));
      case FAILED, NON_CONVERGENT -> failed(job, agent, report, withoutUnknown(job, agent, report));
      case CANCELLED, UNKNOWN -> {
        if (applied && (report.policy().alerts() || isMoreThanUnknown(known.get(subject)))) {
          failed(job, agent, report, withoutUnknown(job, agent, report));
        } else if (report.outcome() == Outcome.UNKNOWN) {
          unknown(
              subject, EventFields.about(now(EventTypes.CHECK_UNKNOWN), job, agent, report, ""));
        }
      }
    }
  }

  private static boolean isMoreThanUnknown(@Nullable Incident incident) {
    return incident != null && incident.kind != Kind.UNKNOWN;
  }

  private void good(
      AgentJob job, Agent agent, TaskReport report, @Nullable Incident incident, boolean applied) {
    if (incident == null) {
      return;
    }
    incident.facts = EventFields.about(now(EventTypes.DRIFT_RESOLVED), job, agent, report, "");
    incident.applied |= applied;
    if (applied) {
      if (!incident.toldGood) {
        incident.toldGood = true;
        String type =
            incident.kind == Kind.DRIFT ? EventTypes.DRIFT_REMEDIATED : incident.kind.ends;
        Event event = EventFields.about(now(type), job, agent, report, "");
        alerts.close(incident, event.with("outcome", "success"));
      }
      known.over(incident, false);
    } else if (!incident.quiet) {
      known.over(incident, !incident.toldGood);
    }
  }

  private void drifted(
      AgentJob job, Agent agent, TaskReport report, TaskRun task, @Nullable Incident incident) {
    if (incident == null && !task.policy.alerts()) {
      return;
    }
    Event event =
        EventFields.about(
            now(EventTypes.DRIFT_DETECTED),
            job,
            agent,
            report,
            EventFields.remediationStatus(task));
    if (incident == null) {
      known.open(Kind.DRIFT, new Subject(report.agent(), report.task()), event);
      return;
    }
    known.reopen(incident);
    incident.facts = event;
    if (incident.toldGood && !task.policy.applies()) { // nobody is about to mend it
      incident.toldGood = false;
      alerts.tell(incident, event);
    }
  }

  private void failed(AgentJob job, Agent agent, TaskReport report, @Nullable Incident found) {
    boolean speaks = report.policy().alerts();
    if (found == null && !speaks && alerts.haveNoSink()) {
      return;
    }
    Kind kind = found != null ? found.kind : speaks ? Kind.DRIFT : Kind.FAILURE;
    String type = kind == Kind.DRIFT ? EventTypes.DRIFT_REMEDIATED : kind.begins;
    Event event =
        EventFields.about(now(type), job, agent, report, "")
            .with("outcome", EventFields.resultOf(report.outcome()));
    Incident incident = found;
    if (incident == null) {
      incident = known.open(kind, new Subject(report.agent(), report.task()), event);
    } else {
      known.reopen(incident);
      incident.facts = event;
      if (incident.toldGood || !incident.toldBad) {
        alerts.tell(incident, event);
      }
    }
    incident.applied = true;
    incident.toldGood = false;
    incident.toldBad = true;
  }

  /** Unknown closes nothing that is open; where nothing is, it is told when it lasts. */
  private void unknown(Subject subject, Event event) {
    Incident incident = known.get(subject);
    boolean isOver = incident == null || incident.quiet;
    if (isOver && streaks.lasts(subject)) {
      if (incident != null) {
        known.close(incident, "");
      }
      known.open(Kind.UNKNOWN, subject, event);
    }
  }

  /** The incident of this subject, if it is about more than an unknown, which is over now. */
  private @Nullable Incident withoutUnknown(AgentJob job, Agent agent, TaskReport report) {
    Subject subject = new Subject(report.agent(), report.task());
    streaks.end(subject);
    Incident incident = known.get(subject);
    if (incident != null && incident.kind == Kind.UNKNOWN) {
      incident.facts = EventFields.about(now(incident.kind.ends), job, agent, report, "");
      known.close(incident, "");
      return null;
    }
    return incident;
  }

  /** Whether an agent could be reached; being out of reach is told when it lasts. */
  synchronized void looked(AgentJob job, Agent agent, boolean unreachable, String why) {
    if (job.agent.isRemoved()) {
      return;
    }
    Subject subject = Subject.ofAgent(agent.name());
    Incident incident = known.get(subject);
    if (!unreachable) {
      streaks.end(subject);
      if (incident != null) {
        known.close(incident, "");
      }
    } else if (incident == null && streaks.lasts(subject)) {
      Event event = EventFields.ofAgent(now(EventTypes.AGENT_UNREACHABLE), agent);
      known.open(Kind.UNREACHABLE, subject, why.isEmpty() ? event : event.with("message", why));
    }
  }

  /** A source gave a revision that can't be taken; told for each revision. */
  synchronized void sourceBroken(String source, String revision, List<String> errors) {
    Event event = EventFields.ofRefusal(now(EventTypes.SOURCE_BROKEN), source, revision, errors);
    Incident incident = known.get(Subject.ofSource(source));
    if (incident == null) {
      known.open(Kind.SOURCE, Subject.ofSource(source), event);
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
      known.close(incident, "");
    }
  }

  /**
   * After a look at an agent: what is about tasks that it has no more is over, and with the last of
   * them what is about the agent itself.
   *
   * @param left whether it has a task of this name; with an empty name, whether it has any
   */
  synchronized void closeOrphans(AgentJob job, Predicate<String> left) {
    if (job.agent.isRemoved()) {
      return;
    }
    for (Incident incident : known.ofAgent(job.agent.name())) {
      if (!left.test(incident.subject.task())) {
        boolean aboutTask = !incident.subject.task().isEmpty();
        String what = aboutTask ? "the task is not" : "no task is";
        known.close(incident, what + " declared for this agent any more");
      }
    }
    streaks.endUnless(job.agent.name(), left);
  }

  /** An agent is managed no longer: all that is about it is over. */
  synchronized void agentGone(String agent) {
    streaks.endAll(agent);
    known.ofAgent(agent).forEach(incident -> known.close(incident, "the agent was removed"));
  }

  private Event now(String type) {
    return Event.of(0, scheduler.now(), type);
  }

  /** Those that are open now, the oldest first. */
  synchronized List<IncidentStatus> status() {
    return known.status();
  }
}
