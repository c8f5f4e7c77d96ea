package dev.fluke.cli.daemon;

import dev.fluke.event.Event;
import dev.fluke.event.EventSubscriber;
import dev.fluke.event.EventTypes;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;

/** Logs each event in one line; events of failures as warnings. */
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
          "reason",
          "errors",
          "remarks");
  private static final Set<String> WARNINGS =
      Set.of(
          EventTypes.REMEDIATION_FAILED,
          EventTypes.AGENT_UNREACHABLE,
          EventTypes.SOURCE_BROKEN,
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
    if (WARNINGS.contains(event.type())) {
      log.warn("{}", line(event));
    } else {
      log.info("{}", line(event));
    }
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
