package dev.fluke.event;

/**
 * The types of events and alerts, as text. Each note says whether the type is one of an event, of
 * an alert, or of both.
 *
 * <p>A release may add types, so treat a type that you don't know as news for people.
 */
public final class EventTypes {

  /**
   * Event and alert: a task has drifted. {@code remediation_status} says what happens next: {@code
   * in_progress} (Fluke applies now), {@code held} (Fluke applies after its back-off) or {@code
   * pending_manual} (the drift policy applies nothing).
   */
  public static final String DRIFT_DETECTED = "drift_detected";

  /**
   * Event and alert: an apply has ended. {@code outcome} is {@code success}, {@code failure},
   * {@code not_convergent}, or {@code unknown}.
   */
  public static final String DRIFT_REMEDIATED = "drift_remediated";

  /**
   * Event and alert: drift is gone without an apply. The alert also closes an incident of drift
   * whose task or agent was removed.
   */
  public static final String DRIFT_RESOLVED = "drift_resolved";

  /** Alert: drift or a failure has lasted another day. {@code since} says when it began. */
  public static final String DRIFT_REMINDER = "drift_reminder";

  /**
   * Alert: an apply failed, or changed nothing, under the drift policy {@code remediate}. The event
   * is {@link #DRIFT_REMEDIATED}.
   */
  public static final String REMEDIATION_FAILED = "remediation_failed";

  /** Alert: the task is in sync again, or was removed, after {@link #REMEDIATION_FAILED}. */
  public static final String REMEDIATION_FAILED_RESOLVED = "remediation_failed_resolved";

  /**
   * Event and alert: a check gave no answer. The event comes at once, the alert after three checks
   * in a row and 5 minutes, and again each day.
   */
  public static final String CHECK_UNKNOWN = "check_unknown";

  /** Event and alert: the check answers again. The alert also comes when the task was removed. */
  public static final String CHECK_UNKNOWN_RESOLVED = "check_unknown_resolved";

  /**
   * Event and alert: an agent can't be reached. The event comes at once, the alert after three
   * failed tries and 5 minutes, and again each day.
   */
  public static final String AGENT_UNREACHABLE = "agent_unreachable";

  /** Event and alert: the agent answers again. The alert also comes when it was removed. */
  public static final String AGENT_UNREACHABLE_RESOLVED = "agent_unreachable_resolved";

  /**
   * Alert: a call for an agent ignores its interrupt, so nothing else runs there. {@code message}
   * names the call. Again each day.
   */
  public static final String AGENT_STUCK = "agent_stuck";

  /** Alert: that call returned, or the agent was removed. */
  public static final String AGENT_STUCK_RESOLVED = "agent_stuck_resolved";

  /**
   * Event and alert: a revision was rejected, once for each revision. {@code errors} says why. The
   * last good revision stays in force. The alert comes for {@link #SOURCE_EMPTIED}, too, and again
   * each day.
   */
  public static final String SOURCE_BROKEN = "source_broken";

  /** Alert: a source has a good revision again after {@link #SOURCE_BROKEN}. */
  public static final String SOURCE_BROKEN_RESOLVED = "source_broken_resolved";

  /** Event: a revision without a task was rejected. The last good revision stays in force. */
  public static final String SOURCE_EMPTIED = "source_emptied";

  /** Event: a source is unavailable. The last good revision stays in force. */
  public static final String SOURCE_UNREACHABLE = "source_unreachable";

  /** Event: the source answers again after {@link #SOURCE_UNREACHABLE}. */
  public static final String SOURCE_RECOVERED = "source_recovered";

  /** Event: a revision is in force. */
  public static final String REVISION_ADOPTED = "revision_adopted";

  /**
   * Event: a task that was in sync has drifted 5 times in 10 minutes, so something undoes it, such
   * as another tool or a second reconciler. {@code remark} says so, here and in the other events
   * and alerts of the task.
   */
  public static final String TASK_UNDONE = "task_undone";

  /** Event: the task was in sync for 10 minutes after {@link #TASK_UNDONE}. */
  public static final String TASK_UNDONE_RESOLVED = "task_undone_resolved";

  /** Event: a cycle skipped a task. {@code message} says why. */
  public static final String TASK_SKIPPED = "task_skipped";

  /** Event: a task was cancelled. {@code message} says why. */
  public static final String TASK_CANCELLED = "task_cancelled";

  /**
   * Event: somebody started a manual run. {@code actor} and {@code reason} say who and why; {@code
   * on_behalf_of} says for whom, if the actor named somebody.
   */
  public static final String MANUAL_RUN = "manual_run";

  /** Event: an agent was added. */
  public static final String AGENT_ADDED = "agent_added";

  /** Event: the declaration of an agent changed, such as its labels or its transport. */
  public static final String AGENT_CHANGED = "agent_changed";

  /** Event: an agent was removed. */
  public static final String AGENT_REMOVED = "agent_removed";

  /** Event: the supplier of agents failed, so the agents stay. {@code message} says why. */
  public static final String AGENTS_KEPT = "agents_kept";

  /** Event: an incident opened. */
  public static final String INCIDENT_OPENED = "incident_opened";

  /** Event: an open incident has lasted another day, and sinks got a reminder. */
  public static final String INCIDENT_REMINDED = "incident_reminded";

  /** Event: an incident that had closed came back within 10 minutes. */
  public static final String INCIDENT_REOPENED = "incident_reopened";

  /** Event: an incident closed. It reopens if it comes back within 10 minutes. */
  public static final String INCIDENT_CLOSED = "incident_closed";

  /** Event: a sink failed to send an alert five times. Fluke goes on trying. */
  public static final String ALERT_UNDELIVERED = "alert_undelivered";

  /**
   * Event and alert: the event store fails, or a call of it takes longer than a minute. {@code
   * message} says why. Events wait for it; the alert comes again each day.
   */
  public static final String EVENT_STORE_FAILING = "event_store_failing";

  /** Event and alert: the event store works again after {@link #EVENT_STORE_FAILING}. */
  public static final String EVENT_STORE_FAILING_RESOLVED = "event_store_failing_resolved";

  /**
   * Event: a subscriber was too slow, or the event store did not work for too long, and lost
   * events. Only the one that lost them gets it; {@code count} says how many it lost.
   */
  public static final String EVENTS_DROPPED = "events_dropped";

  /** Event: something in the manifest or the agents looks wrong. {@code message} says why. */
  public static final String WARNING = "warning";

  private EventTypes() {}
}
