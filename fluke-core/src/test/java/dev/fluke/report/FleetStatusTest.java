package dev.fluke.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.report.FleetStatus.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetStatusTest {
  private static final TaskStatus NGINX =
      new TaskStatus(
          "nginx",
          Outcome.IN_SYNC,
          "",
          Optional.empty(),
          Instant.EPOCH,
          Optional.empty(),
          Optional.empty(),
          0,
          "1",
          "",
          "");

  private final List<AgentStatus> agents = new ArrayList<>();
  private final AgentStatus web =
      new AgentStatus(
          "web-01",
          Map.of("role", "web"),
          AgentState.REACHABLE,
          "",
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(NGINX));

  private FleetStatus status() {
    return new FleetStatus(
        Instant.EPOCH,
        true,
        Duration.ofMinutes(1),
        DriftPolicy.REMEDIATE,
        List.of(),
        agents,
        List.of(),
        Optional.empty(),
        0,
        List.of(),
        List.of(),
        new FleetStatus.EventStoreStatus(0, 0, 0, "", Optional.empty()));
  }

  @Test
  void findsAgentsAndTheirTasksByName() {
    agents.add(web);

    assertThat(status().agent("web-01")).isSameAs(web);
    assertThat(web.task("nginx")).isSameAs(NGINX);
    assertThatThrownBy(() -> status().agent("web-02"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no agent 'web-02'");
    assertThatThrownBy(() -> web.task("redis"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no task 'redis' on web-01");
  }

  @Test
  void keepsItsListsWhenTheCallersChange() {
    agents.add(web);
    FleetStatus status = status();
    agents.clear();

    assertThat(status.agents()).containsExactly(web);
    assertThatThrownBy(() -> status.warnings().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
