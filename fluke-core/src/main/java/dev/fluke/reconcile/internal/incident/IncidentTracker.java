package dev.fluke.reconcile.internal.incident;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.reconcile.internal.incident.Incident.Kind;
import dev.fluke.reconcile.internal.record.EventFields;
import dev.fluke.report.EndedTask;
import dev.fluke.report.FleetStatus.IncidentStatus;
import dev.fluke.time.Scheduler;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Decides what is worth an alert: opens an incident when drift or trouble begins, closes it when it
 * ends, and alerts of each once. Safe for use by any thread.
 */
public final class IncidentTracker {
  private final Scheduler scheduler;
  private final AlertDispatcher alerts;
  private final IncidentRegistry known;
  private final FailureStreaks streaks;
  private final TaskIncidents tasks;

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
    this.tasks = new TaskIncidents(scheduler, alerts, known, streaks);
  }

  /**
   * Runs the work unless its subject is gone. Meanwhile {@link #agentGone} and {@link
   * #closeOrphans} wait, so that no incident opens for a subject after they closed its incidents.
   *
   * @param isGone whether the agent was removed, or the task is not declared for it any more
   */
  public void unless(BooleanSupplier isGone, Runnable work) {
    guarded(
        () -> {
          if (!isGone.getAsBoolean()) {
            work.run();
          }
        });
  }

  /** Runs this under the lock, and then sends its alerts without it. */
  private void guarded(Runnable work) {
    synchronized (this) {
      work.run();
    }
    if (!Thread.holdsLock(this)) {
      alerts.wake();
    }
  }

  /** A task that drifted is about to be applied; alerts first if the policy does. */
  public void applying(EndedTask found) {
    guarded(() -> tasks.applying(found));
  }

  /** A task ended on an agent. */
  public void ended(EndedTask task) {
    guarded(() -> tasks.ended(task));
  }

  /** An agent answered: closes its unreachable incident. */
  public void reached(Agent agent) {
    guarded(
        () -> {
          Subject subject = Subject.ofAgent(agent.name());
          streaks.end(subject);
          close(subject);
        });
  }

  /** An agent was unreachable; opens an incident when that lasts. */
  public void unreachable(Agent agent, String why) {
    guarded(
        () -> {
          Subject subject = Subject.ofAgent(agent.name());
          if (known.get(subject) == null && streaks.lasts(subject)) {
            Event event = EventFields.ofAgent(now(EventTypes.AGENT_UNREACHABLE), agent);
            known.open(
                Kind.UNREACHABLE, subject, why.isEmpty() ? event : event.with("message", why));
          }
        });
  }

  /**
   * A call for an agent ignores its interrupt, so its lane waits: opens an incident.
   *
   * @param call what the call does
   */
  public void agentStuck(Agent agent, String call) {
    guarded(
        () -> {
          Subject subject = Subject.ofLane(agent.name());
          if (known.get(subject) == null) {
            Event event = EventFields.ofAgent(now(EventTypes.AGENT_STUCK), agent);
            known.open(Kind.STUCK, subject, event.with("message", call + " ignores its interrupt"));
          }
        });
  }

  /** That call returned: closes its incident. */
  public void agentFreed(Agent agent) {
    guarded(() -> close(Subject.ofLane(agent.name())));
  }

  private void close(Subject subject) {
    Incident incident = known.get(subject);
    if (incident != null) {
      known.close(incident, "");
    }
  }

  /** A source gave a revision with mistakes; alerts once for each call. */
  public void sourceBroken(String source, String revision, List<String> errors) {
    guarded(
        () -> {
          Event event =
              EventFields.ofRefusal(now(EventTypes.SOURCE_BROKEN), source, revision, errors);
          Incident incident = known.get(Subject.ofSource(source));
          if (incident == null) {
            known.open(Kind.SOURCE, Subject.ofSource(source), event);
          } else {
            incident.facts(event);
            alerts.publish(incident, event);
          }
        });
  }

  /** A source gave a good revision: closes its incident. */
  public void sourceGood(String source, String revision) {
    guarded(
        () -> {
          Incident incident = known.get(Subject.ofSource(source));
          if (incident != null) {
            incident.facts(
                now(incident.kind.ends).with("source", source).with("revision", revision));
            known.close(incident, "");
          }
        });
  }

  /** The event store fails: opens its incident. */
  public void storeFailing(String why) {
    guarded(
        () -> {
          if (known.get(Subject.ofEventStore()) == null) {
            Event event = now(EventTypes.EVENT_STORE_FAILING).with("message", why);
            known.open(Kind.STORE, Subject.ofEventStore(), event);
          }
        });
  }

  /** The event store works again: closes its incident. */
  public void storeWorks() {
    guarded(
        () -> {
          Incident incident = known.get(Subject.ofEventStore());
          if (incident != null) {
            known.close(incident, "");
          }
        });
  }

  /**
   * Closes the incidents of tasks that no longer select this agent, and the one about reaching it
   * if no task selects it.
   *
   * @param left whether a task of this name selects the agent; for an empty name, whether any does
   */
  public void closeOrphans(String agent, Predicate<String> left) {
    guarded(
        () -> {
          for (Incident incident : known.ofAgent(agent)) {
            boolean aboutTask = incident.subject.aspect() == Subject.Aspect.TASK;
            boolean aboutLane = incident.subject.aspect() == Subject.Aspect.LANE;
            if (!aboutLane && !left.test(incident.subject.task())) {
              String what = aboutTask ? "the task is not" : "no task is";
              known.close(incident, what + " declared for this agent any more");
            }
          }
          streaks.endUnless(agent, left);
        });
  }

  /** An agent was removed: closes all its incidents. */
  public void agentGone(String agent) {
    guarded(
        () -> {
          streaks.endAll(agent);
          known.ofAgent(agent).forEach(incident -> known.close(incident, "the agent was removed"));
        });
  }

  private Event now(String type) {
    return Event.of(0, scheduler.now(), type);
  }

  /** The open incidents, oldest first. */
  public synchronized List<IncidentStatus> status() {
    return known.status();
  }
}
