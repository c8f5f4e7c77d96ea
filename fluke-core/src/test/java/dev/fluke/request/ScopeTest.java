package dev.fluke.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
