package dev.fluke.event;

/**
 * The types of events and alerts, as text.
 *
 * <p>The set is open: a release may add types, so treat one that you don't know as news for people.
 */
public final class EventTypes {

  /** Drift was found; {@code remediation_status} says what becomes of it. */
  public static final String DRIFT_DETECTED = "drift_detected";

  /** An apply ended; {@code outcome} says how. */
  public static final String DRIFT_REMEDIATED = "drift_remediated";

  /** Drift was fixed outside Fluke. */
  public static final String DRIFT_RESOLVED = "drift_resolved";

  /** Drift or a failure has lasted another day. */
  public static final String DRIFT_REMINDER = "drift_reminder";

  /** An apply failed under a policy that does not alert. */
  public static final String REMEDIATION_FAILED = "remediation_failed";

  /** The task whose apply had failed is in sync. */
  public static final String REMEDIATION_FAILED_RESOLVED = "remediation_failed_resolved";

  /** A check could not tell. */
  public static final String CHECK_UNKNOWN = "check_unknown";

  /** A check that could not tell can again. */
  public static final String CHECK_UNKNOWN_RESOLVED = "check_unknown_resolved";

  /** An agent can't be reached. */
  public static final String AGENT_UNREACHABLE = "agent_unreachable";

  /** An unreachable agent answered. */
  public static final String AGENT_UNREACHABLE_RESOLVED = "agent_unreachable_resolved";

  /** A revision was refused. */
  public static final String SOURCE_BROKEN = "source_broken";

  /** A source whose revision was refused gave a good one. */
  public static final String SOURCE_BROKEN_RESOLVED = "source_broken_resolved";

  /** A revision without a task was refused. */
  public static final String SOURCE_EMPTIED = "source_emptied";

  /** A source can't be reached. */
  public static final String SOURCE_UNREACHABLE = "source_unreachable";

  /** A source that could not be reached answered. */
  public static final String SOURCE_RECOVERED = "source_recovered";

  /** A revision is in force. */
  public static final String REVISION_ADOPTED = "revision_adopted";

  /** A task was skipped; {@code message} says why. */
  public static final String TASK_SKIPPED = "task_skipped";

  /** A task was cancelled; {@code message} says why. */
  public static final String TASK_CANCELLED = "task_cancelled";

  /** Somebody asked for a manual run. */
  public static final String MANUAL_RUN = "manual_run";

  /** An agent was added. */
  public static final String AGENT_ADDED = "agent_added";

  /** An agent was declared otherwise. */
  public static final String AGENT_CHANGED = "agent_changed";

  /** An agent was removed. */
  public static final String AGENT_REMOVED = "agent_removed";

  /** The supplier of agents failed, and the agents stay as they are. */
  public static final String AGENTS_KEPT = "agents_kept";

  /** An incident opened. */
  public static final String INCIDENT_OPENED = "incident_opened";

  /** An open incident was announced again. */
  public static final String INCIDENT_REMINDED = "incident_reminded";

  /** An incident that was over came back. */
  public static final String INCIDENT_REOPENED = "incident_reopened";

  /** An incident closed. */
  public static final String INCIDENT_CLOSED = "incident_closed";

  /** A sink did not take an alert in five tries. */
  public static final String ALERT_UNDELIVERED = "alert_undelivered";

  /** A subscriber was too slow, and lost events; {@code count} says how many. */
  public static final String EVENTS_DROPPED = "events_dropped";

  /** Something in the manifest or the agents looks wrong; {@code message} says what. */
  public static final String WARNING = "warning";

  private EventTypes() {}
}
