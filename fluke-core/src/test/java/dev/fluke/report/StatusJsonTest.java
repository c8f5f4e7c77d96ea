package dev.fluke.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.report.FleetStatus.AgentSupplierStatus;
import dev.fluke.report.FleetStatus.EventStoreStatus;
import dev.fluke.report.FleetStatus.IncidentStatus;
import dev.fluke.report.FleetStatus.SinkStatus;
import dev.fluke.report.FleetStatus.SourceStatus;
import dev.fluke.report.FleetStatus.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The status of a fleet as JSON. */
class StatusJsonTest {
  private static final Instant AT = Instant.parse("2025-03-13T14:22:01Z");
  private static final Optional<Instant> THEN = Optional.of(AT);

  @Test
  void writesAllThatIsKnown() {
    TaskStatus task =
        new TaskStatus(
            "nginx",
            Outcome.DRIFTED,
            "held",
            Optional.of(DriftCause.REGRESSED),
            AT,
            THEN,
            THEN,
            2,
            "r1",
            "",
            "");
    FleetStatus status =
        new FleetStatus(
            AT,
            true,
            Duration.ofMinutes(1),
            DriftPolicy.ALERT_ONLY,
            List.of(
                new SourceStatus(
                    "infra",
                    Optional.of("r1"),
                    "ann",
                    "Fix",
                    THEN,
                    THEN,
                    THEN,
                    "bad",
                    List.of("e"),
                    THEN)),
            List.of(
                new AgentStatus(
                    "web-01",
                    Map.of("role", "web", "env", "prod"),
                    AgentState.UNREACHABLE,
                    "no route",
                    THEN,
                    List.of("flock"),
                    List.of("a remark"),
                    List.of(task))),
            List.of("a warning"),
            Optional.of(new AgentSupplierStatus(THEN, "lost 3 of 4")),
            5,
            List.of(
                new IncidentStatus(
                    "k",
                    "drift_detected",
                    Optional.of("web-01"),
                    Optional.of("nginx"),
                    Optional.empty(),
                    AT)),
            List.of(new SinkStatus("log", 1, 2, 3, "down", THEN)),
            new EventStoreStatus(4, 5, 6, "full", THEN));

    assertThat(status.toJson().replace("2025-03-13T14:22:01Z", "T"))
        .isEqualTo(
            """
            {"at":"T","started":true,"poll_interval":"60s","default_policy":"alert_only",\
            "sources":[{"name":"infra","revision":"r1","author":"ann","subject":"Fix","time":"T",\
            "since":"T","answered_at":"T","last_error":"bad","errors":["e"],"next_try":"T"}],\
            "agents":[{"name":"web-01","labels":{"env":"prod","role":"web"},"state":"UNREACHABLE",\
            "reason":"no route","next_try":"T","capabilities":["flock"],"remarks":["a remark"],\
            "tasks":[{"task":"nginx","outcome":"DRIFTED","cause":"REGRESSED","since":"T",\
            "last_in_sync_at":"T","held_until":"T","failures":2,"reason":"held","revision":"r1"}]}],\
            "warnings":["a warning"],"agent_supplier":{"answered_at":"T",\
            "last_error":"lost 3 of 4"},"incidents":[{"key":"k","about":"drift_detected",\
            "agent":"web-01","task":"nginx","since":"T"}],"sinks":[{"name":"log","pending":1,\
            "delivered":2,"dropped":3,"last_error":"down","next_try":"T"}],"events_dropped":5,\
            "event_store":{"pending":4,"written":5,"dropped":6,"last_error":"full","next_try":"T"}}""");
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    FleetStatus status =
        new FleetStatus(
            AT,
            false,
            Duration.ofMillis(500),
            DriftPolicy.REMEDIATE,
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            0,
            List.of(),
            List.of(),
            new EventStoreStatus(0, 0, 0, "", Optional.empty()));

    assertThat(status.toJson())
        .isEqualTo(
            """
            {"at":"2025-03-13T14:22:01Z","started":false,"poll_interval":"500ms",\
            "default_policy":"remediate","sources":[],"agents":[],"warnings":[],"incidents":[],\
            "sinks":[],"events_dropped":0,"event_store":{"pending":0,"written":0,"dropped":0}}""");
  }
}
