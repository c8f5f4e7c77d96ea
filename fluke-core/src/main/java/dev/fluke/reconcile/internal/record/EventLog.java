package dev.fluke.reconcile.internal.record;

import dev.fluke.event.Event;
import dev.fluke.event.EventSubscriber;
import dev.fluke.event.EventTypes;
import dev.fluke.report.StepOutcome;
import dev.fluke.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each event in one line: failures, and applies that failed, as warnings; incidents at DEBUG,
 * because another event says what happened. Neither outputs nor secrets are in it.
 */
final class EventLog implements EventSubscriber {
  private static final int LONGEST = 8 * 1024;
  private static final List<String> FIELDS =
      List.of(
          "task",
          "step",
          "source",
          "sink",
          "alert",
          "revision",
          "scope",
          "outcome",
          "remediation_status",
          "cause",
          "message",
          "remark",
          "run",
          "actor",
          "on_behalf_of",
          "reason",
          "errors",
          "remarks",
          "count");
  private static final Set<String> WARNINGS =
      Set.of(
          EventTypes.AGENT_UNREACHABLE,
          EventTypes.AGENTS_KEPT,
          EventTypes.CHECK_UNKNOWN,
          EventTypes.EVENT_STORE_FAILING,
          EventTypes.SOURCE_BROKEN,
          EventTypes.SOURCE_EMPTIED,
          EventTypes.SOURCE_UNREACHABLE,
          EventTypes.TASK_UNDONE,
          EventTypes.ALERT_UNDELIVERED,
          EventTypes.WARNING,
          EventTypes.EVENTS_DROPPED);
  private static final Set<String> DETAILS =
      Set.of(
          EventTypes.INCIDENT_OPENED,
          EventTypes.INCIDENT_REMINDED,
          EventTypes.INCIDENT_REOPENED,
          EventTypes.INCIDENT_CLOSED);

  private final Logger log;

  /** Logs as {@code dev.fluke.events}. */
  EventLog() {
    this(LoggerFactory.getLogger("dev.fluke.events"));
  }

  EventLog(Logger log) {
    this.log = log;
  }

  /** Whether the log's level lets this event through. */
  boolean takes(Event event) {
    if (isWarning(event)) {
      return log.isWarnEnabled();
    }
    return DETAILS.contains(event.type()) ? log.isDebugEnabled() : log.isInfoEnabled();
  }

  @Override
  public void on(Event event) {
    if (isWarning(event)) {
      log.warn("{}", line(event));
    } else if (DETAILS.contains(event.type())) {
      log.debug("{}", line(event));
    } else {
      log.info("{}", line(event));
    }
  }

  private static boolean isWarning(Event event) {
    boolean failedApply =
        event.type().equals(EventTypes.DRIFT_REMEDIATED)
            && !event.field("outcome").equals(Optional.of("success"));
    return failedApply || WARNINGS.contains(event.type());
  }

  private static String line(Event event) {
    StringBuilder line = new StringBuilder(event.type());
    event.agent().ifPresent(agent -> line.append(" agent=").append(agent));
    for (String field : FIELDS) {
      value(event, field)
          .ifPresent(value -> line.append(' ').append(field).append('=').append(value));
    }
    return Printable.shortened(Printable.of(line.toString()), LONGEST);
  }

  private static Optional<String> value(Event event, String field) {
    return field.equals("step") ? steps(event) : event.field(field);
  }

  /** The steps that the event is about: those that are not in sync and were run. */
  private static Optional<String> steps(Event event) {
    if (!(event.fields().get("steps") instanceof List<?> steps)) {
      return Optional.empty();
    }
    String names =
        steps.stream()
            .filter(step -> step instanceof Map<?, ?> one && isNews(one.get("outcome")))
            .map(step -> String.valueOf(((Map<?, ?>) step).get("name")))
            .collect(Collectors.joining(","));
    return Optional.of(names).filter(some -> !some.isEmpty());
  }

  private static boolean isNews(@Nullable Object outcome) {
    String name = String.valueOf(outcome);
    return !name.equals(StepOutcome.IN_SYNC.name()) && !name.equals(StepOutcome.NOT_RUN.name());
  }
}
