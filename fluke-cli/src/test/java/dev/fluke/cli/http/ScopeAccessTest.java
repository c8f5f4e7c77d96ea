package dev.fluke.cli.http;

import static dev.fluke.cli.http.TwoTeams.ADMIN;
import static dev.fluke.cli.http.TwoTeams.SECRETS;
import static dev.fluke.cli.http.TwoTeams.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.CommandResult;
import dev.fluke.text.Json;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeAccessTest {
  private final TwoTeams teams = new TwoTeams();

  @BeforeEach
  void poll() {
    teams.reconciler.cycle();
  }

  @AfterEach
  void close() {
    teams.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "{'all':true} => 'web' may not act on all agents of the scope 'all'; it may act on web-01",
        "{'task':'motd'} => 'web' may not act on all agents of the scope 'task motd'; it may act on web-01",
        "{'selector':{'team':'vault'}} => 'web' may not act on all agents of the scope 'agents where team is vault'; it may act on web-01",
        "{'agent':'hidden-01'} => agent 'hidden-01' is not one of the agents of 'web'; known: web-01",
        "{'agent':'none'} => agent 'none' is not one of the agents of 'web'; known: web-01",
        "{'agent':'web-1'} => agent 'web-1' is not one of the agents of 'web'; did you mean 'web-01'?",
        "{'task':'vault-backup'} => task 'vault-backup' is for none of the agents of 'web'; known: motd, site",
        "{'task':'none'} => task 'none' is for none of the agents of 'web'; known: motd, site",
        "{'agent':'web-01','selector':{'zebr':'1'}} => 'web' may not act on all agents of the scope 'agent web-01 where zebr is 1'; it may act on web-01",
        "{'task':'motd','agent':'hidden-01'} => agent 'hidden-01' is not one of the agents of 'web'; known: web-01"
      })
  void refusesAScopeBeyondTheCallersAgents(String body, String message) {
    for (String page : new String[] {"/v1/plan", "/v1/reconcile"}) {
      assertThat(teams.post(WEB, page, body)).isEqualTo(ApiResponse.error(403, message));
    }
    assertThat(teams.web.acted()).isEmpty();
    assertThat(teams.other.acted()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'task':'site'}",
        "{'agent':'web-01'}",
        "{'task':'motd','agent':'web-01','force':true}",
        "{'selector':{'team':'web'}}",
        "{'task':'motd','selector':{'team':'web'}}"
      })
  void actsOnOwnAgentsOnly(String body) {
    ApiResponse started = teams.post(WEB, "/v1/reconcile", body);

    assertThat(started.status()).as(started.text()).isEqualTo(202);
    assertThat(started.text()).contains("\"done\":true", "REMEDIATED").doesNotContain(SECRETS);
    assertThat(teams.web.acted()).isNotEmpty();
    assertThat(teams.other.acted()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'agent':'web-01'", ",'selector':{'team':'web'}"})
  void refusesAnUnknownTaskAsAForeignOneWithoutAPoll(String rest) {
    AtomicInteger polls = new AtomicInteger();
    try (TwoTeams late = new TwoTeams(polls::incrementAndGet)) {
      late.reconciler.cycle();
      int before = polls.get();

      ApiResponse foreign = late.post(WEB, "/v1/plan", "{'task':'vault-backup'" + rest + "}");
      ApiResponse unknown = late.post(WEB, "/v1/plan", "{'task':'none'" + rest + "}");

      assertThat(unknown.status()).isEqualTo(403);
      assertThat(unknown.text()).isEqualTo(foreign.text().replace("vault-backup", "none"));
      assertThat(polls).hasValue(before);
      assertThat(late.get(ADMIN, "/v1/runs/1").status()).isEqualTo(404);
    }
  }

  @Test
  void saysNoMoreOfAHiddenSelectorThanOfAnUnknownOne() {
    assertThat(teams.post(WEB, "/v1/plan", "{'selector':{'team':'vault'}}").text())
        .isEqualTo(
            teams
                .post(WEB, "/v1/plan", "{'selector':{'team':'none'}}")
                .text()
                .replace("none'", "vault'"));
  }

  @Test
  void letsAnUnrestrictedCallerActOnAll() {
    assertThat(teams.post(ADMIN, "/v1/reconcile", "{'all':true}").status()).isEqualTo(202);
    assertThat(teams.ended(ADMIN, "1")).contains("\"report\"");
    assertThat(teams.other.acted()).containsExactly("fix motd", "fix vault-backup");
    assertThat(teams.post(ADMIN, "/v1/reconcile", "{'agent':'hidden-1'}"))
        .isEqualTo(ApiResponse.error(404, "no agent 'hidden-1'; did you mean 'hidden-01'?"));
  }

  @Test
  void leavesAnAgentAloneThatMovedWhileTheRunWaited() {
    CompletableFuture<String> second = new CompletableFuture<>();
    teams.web.answer(
        "fix motd",
        command -> {
          ApiResponse waiting = teams.post(WEB, "/v1/reconcile", "{'agent':'web-01'}");
          teams.moveWebTo("vault");
          second.complete(String.valueOf(Json.readObject(waiting.text()).get("id")));
          return CommandResult.exited(0);
        });

    teams.post(WEB, "/v1/reconcile", "{'task':'motd','agent':'web-01'}");
    String id = second.join();
    teams.reconciler.cycle();

    assertThat(teams.web.acted()).containsExactly("fix motd");
    assertThat(teams.ended(ADMIN, id)).contains("superseded: the scope no longer covers the agent");
    assertThat(teams.ended(WEB, id)).contains("\"tasks\":[]").doesNotContain("vault-backup");
  }
}
