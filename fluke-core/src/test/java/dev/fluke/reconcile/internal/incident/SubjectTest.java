package dev.fluke.reconcile.internal.incident;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rule-27")
class SubjectTest {

  @Test
  void hasKeyThatDependsOnSourceAgentAndTask() {
    String key = Subject.ofTask("web", "a").key("infra");

    assertThat(key).matches("[0-9a-f]{32}").isEqualTo(Subject.ofTask("web", "a").key("infra"));
    assertThat(key)
        .isNotEqualTo(Subject.ofTask("db", "a").key("infra"))
        .isNotEqualTo(Subject.ofTask("web", "b").key("infra"))
        .isNotEqualTo(Subject.ofTask("web", "a").key("other"));
  }

  @Test
  void hasKeyOfItsOwnForEachAspectOfAnAgent() {
    assertThat(Subject.ofAgent("web").key("")).isNotEqualTo(Subject.ofLane("web").key(""));
  }

  @Test
  void namesTaskOnlyIfItIsAboutOne() {
    assertThat(Subject.ofTask("web", "a").task()).isEqualTo("a");
    assertThat(Subject.ofSource("infra").task()).isEmpty();
    assertThat(Subject.ofAgent("web").task()).isEmpty();
  }
}
