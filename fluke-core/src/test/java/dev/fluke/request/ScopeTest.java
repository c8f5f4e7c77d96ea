package dev.fluke.request;

import static dev.fluke.agent.Selector.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import org.junit.jupiter.api.Test;

class ScopeTest {

  @Test
  void readsAsDeclared() {
    assertThat(Scope.all()).hasToString("all");
    assertThat(Scope.task("a")).hasToString("task a");
    assertThat(Scope.agent("web-01")).hasToString("agent web-01");
    assertThat(Scope.task("a").on("web-01")).hasToString("task a on web-01");
  }

  @Test
  void readsWithSelectorAsDeclared() {
    Selector web = label("role").is("web");

    assertThat(Scope.selector(web)).hasToString("agents where role is web");
    assertThat(Scope.task("a").on(web)).hasToString("task a on agents where role is web");
    assertThat(Scope.selector(web).on("web-01")).hasToString("agent web-01 where role is web");
    assertThat(Scope.task("a").on("web-01").on(web))
        .hasToString("task a on web-01 where role is web");
    assertThat(Scope.selector(web).on(label("env").exists()))
        .hasToString("agents where role is web and env exists");
  }

  @Test
  void coversAgentsThatMeetAllItsConditions() {
    Agent web = Agent.named("web-01").label("role", "web");
    Agent db = Agent.named("db-01").label("role", "db");
    Selector isWeb = label("role").is("web");

    assertThat(Scope.all().coversAgent(db)).isTrue();
    assertThat(Scope.task("a").on(isWeb).coversAgent(web)).isTrue();
    assertThat(Scope.selector(isWeb).coversAgent(db)).isFalse();
    assertThat(Scope.agent("db-01").on(isWeb).coversAgent(db)).isFalse();
    assertThat(Scope.agent("db-01").on(isWeb).coversAgent(web)).isFalse();
    assertThat(Scope.task("a").on(isWeb).selector()).isPresent();
    assertThat(Scope.task("a").selector()).isEmpty();
  }

  @Test
  void needsMoreThanSelectorToBeForced() {
    ManualRun run = ManualRun.of(Scope.selector(label("role").is("web")));

    assertThatThrownBy(run::force).isInstanceOf(IllegalStateException.class);
    assertThat(ManualRun.of(Scope.task("a").on(label("role").is("web"))).force().isForced())
        .isTrue();
  }

  @Test
  void coversEveryTaskUnlessItNamesOne() {
    assertThat(Scope.agent("web-01").coversTask("a")).isTrue();
    assertThat(Scope.task("a").on("web-01").coversTask("a")).isTrue();
    assertThat(Scope.task("a").coversTask("b")).isFalse();
  }

  @Test
  void refusesInvalidNames() {
    assertThatThrownBy(() -> Scope.task("")).hasMessage("task name '': is empty");
    assertThatThrownBy(() -> Scope.agent("")).hasMessage("agent name '': is empty");
    assertThatThrownBy(() -> Scope.all().on("")).hasMessage("agent name '': is empty");
  }
}
