package dev.fluke.reconcile.internal.incident;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.reconcile.internal.incident.Incident.Kind;
import dev.fluke.reconcile.internal.incident.Incident.Subject;
import dev.fluke.reconcile.internal.record.EventFields;
import dev.fluke.report.EndedTask;
import dev.fluke.report.FleetStatus.IncidentStatus;
import dev.fluke.report.Outcome;
import dev.fluke.time.Scheduler;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is worth an alert: opens an incident when drift or trouble begins, closes it when it
 * ends, and alerts of each once. Safe for use by any thread.
 */
public final class IncidentTracker {
  private final Scheduler scheduler;
  private final AlertDispatcher alerts;
  private final IncidentRegistry known;
  private final FailureStreaks streaks;

  /**
   * A tracker without incidents.
   *
   * @param sourceOf the name of the source that declares a task
   */
  public IncidentTracker(
      Scheduler scheduler, AlertDispatcher alerts, Function<String, String> sourceOf) {
    this.scheduler = scheduler;
    this.alerts = alerts;
    this.known = new IncidentRegistry(scheduler, alerts, sourceOf, this);
    this.streaks = new FailureStreaks(scheduler);
  }

  /**
   * Runs the work unless the agent was removed. Meanwhile {@link #agentGone} waits, so that no
   * incident opens for a removed agent.
   *
   * @param isGone whether the agent was removed
   */
  public synchronized void unless(BooleanSupplier isGone, Runnable work) {
    if (!isGone.getAsBoolean()) {
      work.run();
    }
  }

  /** A task that drifted is about to be applied; alerts first if the policy does. */
  public synchronized void applying(EndedTask found) {
    Incident incident = withoutUnknown(found);
    if (incident != null) {
      known.reopen(incident);
    } else if (found.report().policy().alerts()) {
      Event event = EventFields.ofTask(now(EventTypes.DRIFT_DETECTED), found, "in_progress");
      incident = known.open(Kind.DRIFT, subjectOf(found), event);
    }
    if (incident != null) {
      incident.applied = true;
    }
  }

  /** A task ended on an agent. */
  public synchronized void ended(EndedTask task) {
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
    if (incident == null) {
      return;
    }
    incident.facts = EventFields.ofTask(now(EventTypes.DRIFT_RESOLVED), task);
    incident.applied |= task.applied();
    if (task.applied()) {
      if (!incident.reportedGood) {
        incident.reportedGood = true;
        String type =
            incident.kind == Kind.DRIFT ? EventTypes.DRIFT_REMEDIATED : incident.kind.ends;
        Event event = EventFields.ofTask(now(type), task);
        alerts.close(incident, event.with("outcome", "success"));
      }
      known.over(incident, false);
    } else if (!incident.quiet) {
      known.over(incident, !incident.reportedGood);
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
    known.reopen(incident);
    incident.facts = event;
    if (incident.reportedGood && !policy.applies()) { // and no apply follows
      incident.reportedGood = false;
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
    Incident incident = found;
    if (incident == null) {
      incident = known.open(kind, subjectOf(task), event);
    } else {
      known.reopen(incident);
      incident.facts = event;
      if (incident.reportedGood || !incident.reportedBad) {
        alerts.publish(incident, event);
      }
    }
    incident.applied = true;
    incident.reportedGood = false;
    incident.reportedBad = true;
  }

  /** An unknown result closes no open incident; without one, it opens its own when it lasts. */
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

  /** Ends an incident about unknown results; returns the incident of this task if it is another. */
  private @Nullable Incident withoutUnknown(EndedTask task) {
    Subject subject = subjectOf(task);
    streaks.end(subject);
    Incident incident = known.get(subject);
    if (incident != null && incident.kind == Kind.UNKNOWN) {
      incident.facts = EventFields.ofTask(now(incident.kind.ends), task);
      known.close(incident, "");
      return null;
    }
    return incident;
  }

  private static Subject subjectOf(EndedTask task) {
    return new Subject(task.report().agent(), task.report().task());
  }

  /** An agent answered: closes its unreachable incident. */
  public synchronized void reached(Agent agent) {
    Subject subject = Subject.ofAgent(agent.name());
    streaks.end(subject);
    Incident incident = known.get(subject);
    if (incident != null) {
      known.close(incident, "");
    }
  }

  /** An agent was unreachable; opens an incident when that lasts. */
  public synchronized void unreachable(Agent agent, String why) {
    Subject subject = Subject.ofAgent(agent.name());
    if (known.get(subject) == null && streaks.lasts(subject)) {
      Event event = EventFields.ofAgent(now(EventTypes.AGENT_UNREACHABLE), agent);
      known.open(Kind.UNREACHABLE, subject, why.isEmpty() ? event : event.with("message", why));
    }
  }

  /** A source gave a revision with mistakes; alerts once for each call. */
  public synchronized void sourceBroken(String source, String revision, List<String> errors) {
    Event event = EventFields.ofRefusal(now(EventTypes.SOURCE_BROKEN), source, revision, errors);
    Incident incident = known.get(Subject.ofSource(source));
    if (incident == null) {
      known.open(Kind.SOURCE, Subject.ofSource(source), event);
    } else {
      incident.facts = event;
      alerts.publish(incident, event);
    }
  }

  /** A source gave a good revision: closes its incident. */
  public synchronized void sourceGood(String source, String revision) {
    Incident incident = known.get(Subject.ofSource(source));
    if (incident != null) {
      incident.facts = now(incident.kind.ends).with("source", source).with("revision", revision);
      known.close(incident, "");
    }
  }

  /** The event store fails: opens its incident. */
  public synchronized void storeFailing(String why) {
    if (known.get(Subject.EVENT_STORE) == null) {
      Event event = now(EventTypes.EVENT_STORE_FAILING).with("message", why);
      known.open(Kind.STORE, Subject.EVENT_STORE, event);
    }
  }

  /** The event store works again: closes its incident. */
  public synchronized void storeWorks() {
    Incident incident = known.get(Subject.EVENT_STORE);
    if (incident != null) {
      known.close(incident, "");
    }
  }

  /**
   * Closes the incidents of tasks that no longer select this agent, and those about the agent
   * itself if no task selects it.
   *
   * @param left whether a task of this name selects the agent; for an empty name, whether any does
   */
  public synchronized void closeOrphans(String agent, Predicate<String> left) {
    for (Incident incident : known.ofAgent(agent)) {
      if (!left.test(incident.subject.task())) {
        boolean aboutTask = !incident.subject.task().isEmpty();
        String what = aboutTask ? "the task is not" : "no task is";
        known.close(incident, what + " declared for this agent any more");
      }
    }
    streaks.endUnless(agent, left);
  }

  /** An agent was removed: closes all its incidents. */
  public synchronized void agentGone(String agent) {
    streaks.endAll(agent);
    known.ofAgent(agent).forEach(incident -> known.close(incident, "the agent was removed"));
  }

  private Event now(String type) {
    return Event.of(0, scheduler.now(), type);
  }

  /** The open incidents, oldest first. */
  public synchronized List<IncidentStatus> status() {
    return known.status();
  }
}
