package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Selector;
import dev.fluke.event.Event;
import dev.fluke.manifest.Task;
import dev.fluke.report.FleetStatus.AgentState;
import dev.fluke.report.FleetStatus.AgentStatus;
import dev.fluke.report.FleetStatus.TaskStatus;
import dev.fluke.report.Outcome;
import dev.fluke.shell.Shell;
import dev.fluke.text.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViewsTest {

  @Test
  void showAnAgentWithItsTasks() {
    TaskStatus task =
        new TaskStatus(
            "motd",
            Outcome.IN_SYNC,
            "",
            Optional.empty(),
            Instant.EPOCH,
            Optional.of(Instant.EPOCH),
            Optional.empty(),
            0,
            "r1",
            "",
            "");
    AgentStatus agent =
        new AgentStatus(
            "web-01",
            Map.of("z", "1", "a", "2"),
            AgentState.REACHABLE,
            "",
            Optional.empty(),
            List.of("bash"),
            List.of(),
            List.of(task));

    assertThat(Json.write(Views.agent(agent)))
        .isEqualTo(
            "{\"name\":\"web-01\",\"labels\":{\"a\":\"2\",\"z\":\"1\"},"
                + "\"state\":\"REACHABLE\",\"remarks\":[],\"tasks\":[{\"agent\":\"web-01\","
                + "\"task\":\"motd\",\"outcome\":\"IN_SYNC\",\"since\":\"1970-01-01T00:00:00Z\","
                + "\"last_in_sync_at\":\"1970-01-01T00:00:00Z\",\"failures\":0,"
                + "\"revision\":\"r1\"}]}");
  }

  @Test
  void showAnEventWithItsFields() {
    Event event = Event.of(7, Instant.EPOCH, "drift_detected").with("task", "motd");

    assertThat(Json.write(Views.event(event)))
        .isEqualTo(
            "{\"event\":\"drift_detected\",\"timestamp\":\"1970-01-01T00:00:00Z\","
                + "\"sequence\":7,\"cursor\":\"0000000000000000-000000000007\",\"task\":\"motd\"}");
  }

  @Test
  void showADeclaredTask() {
    Task task =
        Task.named("motd")
            .on(Selector.everyAgent())
            .step("one", Shell.check("a").command("b"))
            .step("two", Shell.check("a").command("b"))
            .build();

    assertThat(Views.declared(task))
        .containsEntry("name", "motd")
        .containsEntry("steps", List.of("one", "two"))
        .doesNotContainKeys("policy", "description");
  }
}
