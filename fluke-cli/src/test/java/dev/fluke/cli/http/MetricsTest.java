package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.FleetStatus;
import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.report.FleetStatus.EventStoreStatus;
import dev.fluke.report.FleetStatus.SinkStatus;
import dev.fluke.report.FleetStatus.SourceStatus;
import dev.fluke.report.FleetStatus.TaskStatus;
import dev.fluke.report.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static SourceStatus source(String name, String error) {
    return new SourceStatus(
        name,
        Optional.empty(),
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        error,
        List.of(),
        Optional.empty());
  }

  private static AgentStatus agent(Outcome outcome) {
    TaskStatus task =
        new TaskStatus(
            "t",
            outcome,
            "",
            Optional.empty(),
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            0,
            "r1",
            "",
            "");
    return new AgentStatus(
        "a",
        Map.of(),
        AgentState.REACHABLE,
        "",
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(task));
  }

  private static String metrics() {
    return Metrics.of(
        new FleetStatus(
            Instant.EPOCH,
            true,
            Duration.ofSeconds(60),
            DriftPolicy.REMEDIATE,
            List.of(source("good", ""), source("a\"b\\c\nd", "broken")),
            List.of(agent(Outcome.IN_SYNC), agent(Outcome.FAILED), agent(Outcome.FAILED)),
            List.of(),
            Optional.empty(),
            5,
            List.of(),
            List.of(new SinkStatus("log", 2, 7, 0, "", Optional.empty())),
            new EventStoreStatus(3, 8, 4, "full", Optional.empty())));
  }

  @Test
  void countAgentsTasksSourcesAndAlerts() {
    assertThat(metrics().lines())
        .contains(
            "fluke_agents{state=\"REACHABLE\"} 3",
            "fluke_agents{state=\"STUCK\"} 0",
            "fluke_tasks{outcome=\"IN_SYNC\"} 1",
            "fluke_tasks{outcome=\"FAILED\"} 2",
            "fluke_tasks{outcome=\"DRIFTED\"} 0",
            "fluke_source_up{source=\"good\"} 1",
            "fluke_incidents 0",
            "fluke_alerts_pending{sink=\"log\"} 2",
            "fluke_alerts_delivered_total{sink=\"log\"} 7",
            "fluke_events_dropped_total 5",
            "fluke_event_store_pending 3",
            "fluke_event_store_dropped_total 4");
  }

  @Test
  void escapeLabels() {
    assertThat(metrics().lines()).contains("fluke_source_up{source=\"a\\\"b\\\\c\\nd\"} 0");
  }

  @Test
  void describeEveryFamilyBeforeItsSamples() {
    List<String> lines = metrics().lines().toList();
    for (String line : lines) {
      if (!line.startsWith("#")) {
        String name = line.replaceFirst("[{ ].*", "");
        int type =
            lines.indexOf(
                name.endsWith("_total")
                    ? "# TYPE " + name + " counter"
                    : "# TYPE " + name + " gauge");
        assertThat(type).as(name).isNotNegative().isLessThan(lines.indexOf(line));
        assertThat(lines.get(type - 1)).startsWith("# HELP " + name + " ").endsWith(".");
      }
    }
    assertThat(lines).hasSizeGreaterThan(20);
  }
}
