package dev.fluke.reconcile.internal.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.lane.Lane;
import dev.fluke.reconcile.internal.lane.LaneFixture;
import dev.fluke.request.Scope;
import dev.fluke.testkit.VirtualTime;
import dev.fluke.tests.support.Pair;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScopeCheckTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final Fleet fleet = new Fleet();
  private final Manifest manifest =
      Manifest.of(
          Pair.task("nginx"),
          Task.named("vacuum").on(Selector.agent("db-01")).step("s", Pair.of("v")).build());

  @BeforeEach
  void addAgents() {
    for (String name : List.of("web-01", "db-01")) {
      Lane lane = LaneFixture.lane(time, name);
      Agent agent = Agent.named(name).label("role", name.replaceFirst("-.*", ""));
      fleet.add(new Fleet.Member(LaneFixture.managed(agent, time), lane));
    }
  }

  @AfterEach
  void close() {
    time.close();
  }

  private List<String> check(Scope scope, String... notes) {
    return ScopeCheck.check(
        scope, fleet, manifest, (task, agent) -> task.selector().matches(agent), List.of(notes));
  }

  @Test
  void addsNoNoteWhereTheScopeMatches() {
    assertThat(check(Scope.all())).isEmpty();
    assertThat(check(Scope.agent("web-01"))).isEmpty();
    assertThat(check(Scope.task("vacuum").on("db-01"))).isEmpty();
  }

  @Test
  void notesThatTheScopeMatchesNothing() {
    Scope scope = Scope.task("vacuum").on("web-01");

    assertThat(check(scope)).containsExactly("scope '%s' matches nothing".formatted(scope));
  }

  @Test
  void notesSelectorThatMatchesNothing() {
    assertThat(check(Scope.selector(Selector.label("role").is("web")))).isEmpty();
    assertThat(check(Scope.task("vacuum").on(Selector.label("role").is("web"))))
        .containsExactly("scope 'task vacuum on agents where role is web' matches nothing");
  }

  @Test
  void suggestsNearLabelForUnknownOne() {
    assertThat(check(Scope.selector(Selector.label("roel").is("web"))))
        .containsExactly(
            "no agent has a label 'roel'; did you mean 'role'?",
            "scope 'agents where roel is web' matches nothing");
  }

  @Test
  void suggestsNearAgentForUnknownOne() {
    assertThatThrownBy(() -> check(Scope.agent("web-02")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no agent 'web-02'; did you mean 'web-01'?");
  }

  @Test
  void listsTasksAndNotesOfSourcesForUnknownTask() {
    assertThatThrownBy(() -> check(Scope.task("certificates"), "the source x is unavailable"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no task 'certificates'; known: nginx, vacuum; the source x is unavailable");
  }
}
