package dev.fluke.reconcile.internal.record;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import dev.fluke.event.Event;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

class EventLogTest {
  private final Logger log = mock(Logger.class);

  private void log(Event event) {
    new EventLog(log).on(event);
  }

  @Test
  void logsTypeAgentAndFieldsInOneLine() {
    log(
        Event.of(1, Instant.EPOCH, "drift_remediated")
            .with("actor", "ann")
            .with("agent", Map.of("name", "web-01"))
            .with("task", "motd")
            .with("outcome", "success")
            .with("cycle", 7));

    verify(log).info("{}", "drift_remediated agent=web-01 task=motd outcome=success actor=ann");
    verifyNoMoreInteractions(log);
  }

  @ParameterizedTest
  @ValueSource(strings = {"failure", "not_convergent", "unknown"})
  void warnsOfAnApplyThatFailed(String outcome) {
    log(Event.of(1, Instant.EPOCH, "drift_remediated").with("outcome", outcome));

    verify(log).warn("{}", "drift_remediated outcome=" + outcome);
    verifyNoMoreInteractions(log);
  }

  @ParameterizedTest
  @CsvSource({
    "agent_unreachable",
    "check_unknown",
    "task_undone",
    "source_broken",
    "source_unreachable",
    "source_emptied",
    "agents_kept",
    "event_store_failing",
    "alert_undelivered",
    "warning",
    "events_dropped"
  })
  void warnsOfFailures(String type) {
    log(Event.of(1, Instant.EPOCH, type));

    verify(log).warn("{}", type);
    verifyNoMoreInteractions(log);
  }
}
