package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.cli.access.Caller;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.shell.Shell;
import dev.fluke.transport.Local;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPagesTest {
  private static final Caller ANN = Caller.unrestricted("ann");

  private final Reconciler reconciler =
      Reconciler.builder()
          .agent(Agent.named("web-01", Local.machine()).label("role", "web"))
          .manifest(
              Manifest.of(
                  Task.named("motd")
                      .on(Selector.everyAgent())
                      .step("file", Shell.check("true").command("true"))
                      .build()))
          .build();
  private final StatusPages pages = new StatusPages(reconciler, Optional::empty);

  @AfterEach
  void close() {
    reconciler.close();
  }

  @Test
  void isReadyWithARevision() {
    assertThat(pages.ready()).isEqualTo(ApiResponse.plain(503, "sources without a revision: 1\n"));
    reconciler.pollNow();
    reconciler.cycle();
    assertThat(pages.ready()).isEqualTo(ApiResponse.plain(200, "ready\n"));
  }

  @Test
  void showsAgents() {
    assertThat(pages.agents(ANN).text()).startsWith("{\"agents\":[{\"name\":\"web-01\",");
    assertThat(pages.agent(ANN, "web-01").text()).contains("\"labels\":{\"role\":\"web\"}");
    assertThatThrownBy(() -> pages.agent(ANN, "web-1"))
        .isInstanceOf(ApiException.class)
        .hasMessage("no agent 'web-1'; did you mean 'web-01'?");
  }

  @Test
  void showsADeclaredTaskWithTheDefaultPolicy() {
    reconciler.cycle();

    assertThat(pages.task(ANN, "motd").text())
        .startsWith("{\"name\":\"motd\",")
        .contains("\"policy\":\"remediate\"", "\"agents\":[{\"agent\":\"web-01\"");
    assertThatThrownBy(() -> pages.task(ANN, "mtod"))
        .hasMessage("no task 'mtod'; did you mean 'motd'?");
  }

  @Test
  void showsTheLatestEventsInOrder() {
    reconciler.cycle();

    String all = pages.events(ANN, Map.of()).text();
    String one = pages.events(ANN, Map.of("limit", "1")).text();
    assertThat(all).contains("\"event\":");
    assertThat(one.split("\"sequence\"", -1)).hasSize(2);
    assertThatThrownBy(() -> pages.events(ANN, Map.of("agent", "nobody")))
        .hasMessageStartingWith("no agent 'nobody'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "-1", "many", "", "01", "99999"})
  void limitsTheNumberOfEvents(String limit) {
    assertThatThrownBy(() -> pages.events(ANN, Map.of("limit", limit)))
        .isInstanceOf(ApiException.class)
        .hasMessage("'limit' must be a number from 1 to 1000");
  }

  @Test
  void shortensNamesInErrors() {
    assertThatThrownBy(() -> pages.agent(ANN, "x".repeat(10_000)))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }
}
