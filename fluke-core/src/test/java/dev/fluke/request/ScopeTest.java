package dev.fluke.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScopeTest {

  @Test
  void readsAsDeclared() {
    assertThat(Scope.all()).hasToString("all");
    assertThat(Scope.task("a")).hasToString("task a");
    assertThat(Scope.agent("web-01")).hasToString("agent web-01");
    assertThat(Scope.task("a").on("web-01")).hasToString("task a on web-01");
  }
}
