package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GetTablesTest {
  private final CapturedTerminal captured = CapturedTerminal.create();

  @Test
  void listsAgentsWithTheNumberOfTasksInSync() {
    Map<String, Object> agent =
        Map.of(
            "name",
            "web-01",
            "state",
            "REACHABLE",
            "labels",
            Map.of("role", "web"),
            "tasks",
            List.of(Map.of("outcome", "IN_SYNC"), Map.of("outcome", "DRIFTED")));

    GetTables.agents(List.of(agent)).print(captured.terminal());

    assertThat(captured.out())
        .isEqualTo(
            """
            AGENT   STATE      IN SYNC  LABELS    REASON
            web-01  REACHABLE  1/2      role=web
            """);
  }

  @Test
  void listsDriftWithTheTimeInSeconds() {
    Map<String, Object> task =
        Map.of(
            "agent", "web-01",
            "task", "motd",
            "outcome", "DRIFTED",
            "cause", "REGRESSED",
            "since", "2026-11-30T10:00:00.5Z",
            "reason", "policy");

    GetTables.drift(List.of(task)).print(captured.terminal());

    assertThat(captured.out())
        .isEqualTo(
            """
            AGENT   TASK  OUTCOME  CAUSE      SINCE                 REASON
            web-01  motd  DRIFTED  REGRESSED  2026-11-30T10:00:00Z  policy
            """);
  }

  @Test
  void showsFieldsOfEventsBehindTheMessage() {
    Map<String, Object> event =
        Map.of(
            "timestamp", "2026-11-30T10:00:00Z",
            "event", "drift_remediated",
            "agent", Map.of("name", "web-01"),
            "task", "motd",
            "message", "healed",
            "outcome", "success",
            "actor", "ann",
            "cycle", 7);

    GetTables.events(List.of(event)).print(captured.terminal());

    assertThat(captured.out().lines().skip(1))
        .containsExactly(
            "2026-11-30T10:00:00Z  drift_remediated  web-01  motd  healed outcome=success actor=ann");
  }
}
