package dev.fluke.cli.daemon;

import dev.fluke.event.Event;
import dev.fluke.event.EventSubscriber;
import dev.fluke.event.EventTypes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;

/** Logs each event in one line; events of failures, and of applies that failed, as warnings. */
final class EventLog implements EventSubscriber {
  private static final List<String> FIELDS =
      List.of(
          "task",
          "source",
          "revision",
          "scope",
          "outcome",
          "remediation_status",
          "cause",
          "message",
          "actor",
          "on_behalf_of",
          "reason",
          "errors",
          "remarks");
  private static final Set<String> WARNINGS =
      Set.of(
          EventTypes.AGENT_UNREACHABLE,
          EventTypes.AGENTS_KEPT,
          EventTypes.EVENT_STORE_FAILING,
          EventTypes.SOURCE_BROKEN,
          EventTypes.SOURCE_EMPTIED,
          EventTypes.SOURCE_UNREACHABLE,
          EventTypes.ALERT_UNDELIVERED,
          EventTypes.WARNING,
          EventTypes.EVENTS_DROPPED);

  private final Logger log;

  EventLog(Logger log) {
    this.log = log;
  }

  @Override
  public void on(Event event) {
    if (WARNINGS.contains(event.type()) || isFailedApply(event)) {
      log.warn("{}", line(event));
    } else {
      log.info("{}", line(event));
    }
  }

  private static boolean isFailedApply(Event event) {
    return event.type().equals(EventTypes.DRIFT_REMEDIATED)
        && !event.field("outcome").equals(Optional.of("success"));
  }

  private static String line(Event event) {
    StringBuilder line = new StringBuilder(event.type());
    event.agent().ifPresent(agent -> line.append(" agent=").append(agent));
    for (String field : FIELDS) {
      event
          .field(field)
          .ifPresent(value -> line.append(' ').append(field).append('=').append(value));
    }
    return line.toString();
  }
}
