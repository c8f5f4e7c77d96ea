package dev.fluke.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An alert in one line, for people. */
@Tag("rule-28")
class AlertSummaryTest {
  private static final Event DRIFT =
      Event.of(0, Instant.EPOCH, "drift_detected")
          .with("agent", Map.of("name", "web-01", "labels", Map.of()))
          .with("task", "nginx");

  private static String summaryOf(Event event) {
    return Alert.of(event, "1", "2", false).summary();
  }

  @Test
  void namesTheTaskTheAgentAndWhatIsWrong() {
    assertThat(summaryOf(DRIFT)).isEqualTo("drift detected: nginx on web-01");
    assertThat(summaryOf(DRIFT.with("outcome", "failure").with("message", "exit status 1")))
        .isEqualTo("drift detected: nginx on web-01, failure (exit status 1)");
  }

  @Test
  void namesTheSourceAndItsErrors() {
    Event broken = Event.of(0, Instant.EPOCH, "source_broken").with("source", "infra");

    assertThat(summaryOf(broken.with("errors", List.of("a.fluke.yaml:1:1: is empty"))))
        .isEqualTo("source broken: infra ([a.fluke.yaml:1:1: is empty])");
  }

  @Tag("Z05")
  @Test
  void escapesWhatCouldBreakALine() {
    assertThat(summaryOf(DRIFT.with("message", "a\nERROR forged\u001b[2J\u202e\r")))
        .isEqualTo("drift detected: nginx on web-01 (a\\nERROR forged\\u001b[2J\\u202e\\u000d)");
  }

  @Test
  void cutsALongMessage() {
    assertThat(summaryOf(DRIFT.with("message", "\n".repeat(5_000))))
        .hasSizeLessThanOrEqualTo(2048)
        .endsWith("…");
  }
}
