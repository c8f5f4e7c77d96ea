package dev.fluke.cli.http;

import static dev.fluke.cli.http.TwoTeams.ADMIN;
import static dev.fluke.cli.http.TwoTeams.SECRETS;
import static dev.fluke.cli.http.TwoTeams.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallerViewTest {
  private static final List<String> PAGES =
      List.of(
          "/metrics",
          "/v1/status",
          "/v1/agents",
          "/v1/agents/web-01",
          "/v1/agents/web-99",
          "/v1/agents/hidden-01",
          "/v1/agents/hidden-1",
          "/v1/tasks/motd",
          "/v1/tasks/site",
          "/v1/tasks/vault-backup",
          "/v1/tasks/vault-back",
          "/v1/drift",
          "/v1/events?limit=1000",
          "/v1/events?agent=web-01",
          "/v1/events?agent=hidden-01",
          "/v1/runs/1",
          "/v1/runs/2");

  private final TwoTeams teams = new TwoTeams();

  @BeforeEach
  void work() {
    teams.reconciler.cycle();
    teams.post(ADMIN, "/v1/reconcile", "{'agent':'hidden-01','reason':'zebra'}");
    teams.post(ADMIN, "/v1/plan", "{'all':true}");
  }

  @AfterEach
  void close() {
    teams.close();
  }

  @Test
  void hidesOtherAgentsOnEveryPage() {
    for (String page : PAGES) {
      String asked = page.replaceFirst(".*[/=]", "");
      String shown = teams.get(WEB, page).text().replace("'" + asked + "'", "");

      assertThat(shown).as(page).doesNotContain(SECRETS);
    }
    assertThat(teams.get(ADMIN, "/v1/events?limit=1000").text()).contains(SECRETS);
  }

  @Test
  void answersForAHiddenNameAsForAnUnknownOne() {
    for (String page : List.of("/v1/agents/", "/v1/tasks/", "/v1/events?agent=", "/v1/runs/")) {
      ApiResponse hidden = teams.get(WEB, page + hiddenNameFor(page));
      ApiResponse unknown = teams.get(WEB, page + "none");

      assertThat(hidden.status()).as(page).isEqualTo(404);
      assertThat(hidden.text().replace(hiddenNameFor(page), "none")).isEqualTo(unknown.text());
    }
  }

  private static String hiddenNameFor(String page) {
    return page.contains("tasks") ? "vault-backup" : page.contains("runs") ? "1" : "hidden-01";
  }

  @Test
  void countsOnlyWhatTheCallerSees() {
    assertThat(teams.get(WEB, "/metrics").text())
        .contains("fluke_agents{state=\"REACHABLE\"} 1\n", "fluke_tasks{outcome=\"DRIFTED\"} 2\n")
        .contains("fluke_source_up{")
        .doesNotContain("fluke_alerts", "fluke_event_store", "fluke_events_dropped");
    assertThat(teams.get(ADMIN, "/metrics").text())
        .contains("fluke_agents{state=\"REACHABLE\"} 2\n", "fluke_alerts", "fluke_event_store");
    assertThat(teams.get(WEB, "/v1/status").text())
        .contains("\"agents\":{\"REACHABLE\":1}", "\"sources\":[{")
        .doesNotContain("warnings", "sinks", "event_store", "events_dropped");
  }

  @Test
  void showsWhatHappensOnOwnAgents() {
    teams.post(WEB, "/v1/reconcile", "{'task':'site','reason':'ticket 7'}");

    assertThat(teams.get(WEB, "/v1/drift").text())
        .contains("\"task\":\"motd\"")
        .doesNotContain("\"task\":\"site\"");
    assertThat(teams.get(WEB, "/v1/events").text())
        .contains("revision_adopted", "manual_run", "\"actor\":\"web\"", "drift_remediated");
    assertThat(teams.get(WEB, "/v1/tasks/motd").text())
        .contains("\"agents\":[{\"agent\":\"web-01\"");
  }

  @Test
  void followsTheLabelsThatAgentsHaveNow() {
    teams.moveWebTo("vault");
    assertThat(teams.get(WEB, "/v1/agents").text()).isEqualTo("{\"agents\":[]}\n");
    assertThat(teams.get(WEB, "/v1/events").text()).doesNotContain("web-01");
    teams.reconciler.cycle();

    teams.moveWebTo("web");
    assertThat(teams.get(WEB, "/v1/agents").text()).contains("web-01");
    assertThat(teams.get(WEB, "/v1/events?agent=web-01").text())
        .contains("\"labels\":{\"team\":\"web\"}")
        .doesNotContain("vault");
  }
}
