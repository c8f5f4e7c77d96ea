package dev.fluke.cli.http;

import static dev.fluke.cli.http.TwoTeams.ADMIN;
import static dev.fluke.cli.http.TwoTeams.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Selector;
import dev.fluke.cli.access.Caller;
import dev.fluke.cli.access.Right;
import dev.fluke.command.CommandResult;
import dev.fluke.report.CycleReport;
import dev.fluke.request.Scope;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may see what failed applies printed. */
class RunOutputsTest {
  private final TwoTeams teams = new TwoTeams();

  @BeforeEach
  void fail() {
    teams.web.answer("fix motd", CommandResult.exited(1).withStderr("no web room"));
    teams.other.answer("fix motd", CommandResult.exited(1).withStdout("no vault room"));
  }

  @AfterEach
  void close() {
    teams.close();
  }

  private String failedRun() {
    CycleReport report = teams.reconciler.reconcile(Scope.task("motd"));
    return report.task("motd").on("web-01").run();
  }

  @Test
  void showsThoseOfAnyRunByTheIdOfTheReport() {
    String run = failedRun();

    ApiResponse shown = teams.get(ADMIN, "/v1/runs/" + run);

    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.text())
        .startsWith("{\"id\":\"" + run + "\",\"done\":true,\"outputs\":[")
        .contains(
            "\"agent\":\"web-01\"", "\"stderr\":\"no web room\"", "\"stdout\":\"no vault room\"");
    assertThat(teams.get(ADMIN, "/v1/runs/" + run + "?agent=web-01").text())
        .contains("no web room")
        .doesNotContain("vault");
  }

  @Test
  void showsThoseOfAManualRunWithItsReport() {
    teams.reconciler.cycle();
    teams.post(ADMIN, "/v1/reconcile", "{'task':'motd'}");

    assertThat(teams.ended(ADMIN, "1")).contains("\"report\":{", "\"outputs\":[", "no web room");
  }

  @Test
  void showsACallerOnlyThoseOfHisAgents() {
    String run = failedRun();

    assertThat(teams.get(WEB, "/v1/runs/" + run).text())
        .contains("no web room")
        .doesNotContain("vault");
    assertThat(teams.get(WEB, "/v1/runs/" + run + "?agent=hidden-01").status()).isEqualTo(404);
    teams.moveWebTo("db");
    assertThat(teams.get(WEB, "/v1/runs/" + run).status()).isEqualTo(404);
    teams.reconciler.remove("web-01");
    assertThat(teams.get(WEB, "/v1/runs/" + run).text()).contains("no web room");
  }

  @Test
  void showsNothingOfAnAgentFromBeforeItWasTheCallers() {
    teams.moveWebTo("db");
    String run = failedRun();
    teams.moveWebTo("web");

    assertThat(teams.get(WEB, "/v1/runs/" + run).status()).isEqualTo(404);
  }

  @Test
  void showsNothingOfOthersToACallerWhoMayNotRead() {
    Caller ci = new Caller("ci", Set.of(Right.RECONCILE), Selector.everyAgent());
    String run = failedRun();

    assertThat(teams.get(ci, "/v1/runs/" + run).status()).isEqualTo(404);
    teams.post(ci, "/v1/reconcile", "{'task':'motd'}");
    assertThat(teams.ended(ci, "1")).contains("no web room");
  }
}
