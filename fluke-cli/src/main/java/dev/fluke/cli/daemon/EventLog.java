package dev.fluke.cli.daemon;

import dev.fluke.event.Event;
import dev.fluke.event.EventSubscriber;
import dev.fluke.event.EventTypes;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each event, in one line. */
final class EventLog implements EventSubscriber {
  private static final Logger LOG = LoggerFactory.getLogger("dev.fluke.events");
  private static final List<String> TOLD =
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
  private static final Set<String> BAD =
      Set.of(
          EventTypes.REMEDIATION_FAILED,
          EventTypes.AGENT_UNREACHABLE,
          EventTypes.SOURCE_BROKEN,
          EventTypes.SOURCE_UNREACHABLE,
          EventTypes.ALERT_UNDELIVERED,
          EventTypes.WARNING,
          EventTypes.EVENTS_DROPPED);

  @Override
  public void on(Event event) {
    if (BAD.contains(event.type())) {
      LOG.warn("{}", line(event));
    } else {
      LOG.info("{}", line(event));
    }
  }

  private static String line(Event event) {
    StringBuilder line = new StringBuilder(event.type());
    event.agent().ifPresent(agent -> line.append(" agent=").append(agent));
    for (String field : TOLD) {
      event
          .field(field)
          .ifPresent(value -> line.append(' ').append(field).append('=').append(value));
    }
    return line.toString();
  }
}
