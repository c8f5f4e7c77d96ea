package dev.fluke.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.transport.Local;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentTest {
  private static final Agent BARE = Agent.named("web-01");

  private static final Map<String, UnaryOperator<Agent>> OPTIONS =
      Map.of(
          "label", agent -> agent.label("role", "web"),
          "defaultShell", agent -> agent.defaultShell("/bin/sh"),
          "path", agent -> agent.path("/opt/bin", "/opt/sbin"),
          "sharingAddress", Agent::sharingAddress,
          "checkLimit", agent -> agent.checkLimit(Duration.ofSeconds(20)),
          "applyLimit", agent -> agent.applyLimit(Duration.ofMinutes(2)));

  @Test
  void hasDefaults() {
    assertThat(BARE.transport()).isEmpty();
    assertThat(BARE.labels()).isEmpty();
    assertThat(BARE.defaultShell()).isEqualTo("/bin/bash");
    assertThat(BARE.path()).isEmpty();
    assertThat(BARE.sharesAddress()).isFalse();
    assertThat(BARE.checkLimit()).isEmpty();
    assertThat(BARE.applyLimit()).isEmpty();
    assertThat(BARE.address()).isEqualTo("agent web-01");
  }

  @Test
  void keepsEachOptionBesideTheOthers() {
    Agent all = BARE;
    for (UnaryOperator<Agent> option : OPTIONS.values()) {
      all = option.apply(all);
    }

    assertThat(all.labels()).isEqualTo(Map.of("role", "web"));
    assertThat(all.defaultShell()).isEqualTo("/bin/sh");
    assertThat(all.path()).containsExactly("/opt/bin", "/opt/sbin");
    assertThat(all.sharesAddress()).isTrue();
    assertThat(all.checkLimit()).contains(Duration.ofSeconds(20));
    assertThat(all.applyLimit()).contains(Duration.ofMinutes(2));
  }

  @Test
  void keepsEverythingElseWithAnotherTransport() {
    Agent all = BARE;
    for (UnaryOperator<Agent> option : OPTIONS.values()) {
      all = option.apply(all);
    }
    Agent here = all.transport(Local.machine());

    assertThat(here.transport()).containsSame(Local.machine());
    assertThat(here.address()).isEqualTo("local");
    assertThat(here.labels()).isEqualTo(all.labels());
    assertThat(here.defaultShell()).isEqualTo("/bin/sh");
    assertThat(here).isNotEqualTo(all).isEqualTo(all.transport(Local.machine()));
  }

  @Test
  void comparesEachOption() {
    OPTIONS.forEach(
        (name, option) -> {
          Agent changed = option.apply(BARE);
          assertThat(changed).as(name).isNotEqualTo(BARE).isEqualTo(option.apply(BARE));
          assertThat(changed).as(name).hasSameHashCodeAs(option.apply(BARE));
        });
    assertThat(BARE).isEqualTo(Agent.named("web-01")).isNotEqualTo(Agent.named("web-02"));
  }

  @Test
  void replacesALabelThatHasTheSameKey() {
    Agent agent = BARE.labels(Map.of("role", "web", "env", "x")).label("role", "db");

    assertThat(agent).hasToString("web-01 {env=x, role=db}");
    assertThat(BARE.labels()).isEmpty();
    assertThatThrownBy(() -> agent.labels().put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bin/bash", "", "/a:b", "/a\0b"})
  void refusesPathsThatAreNotAbsolute(String path) {
    String shown = path.replace('\0', '?');

    assertThatThrownBy(() -> BARE.defaultShell(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("default shell '%s' must be an absolute path without a colon".formatted(shown));
    assertThatThrownBy(() -> BARE.path("/ok", path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("path '%s' must be an absolute path without a colon".formatted(shown));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void refusesLimitsThatLeaveNoTime(Duration limit) {
    assertThatThrownBy(() -> BARE.checkLimit(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("check limit is %s, must be more than zero, such as PT60S".formatted(limit));
    assertThatThrownBy(() -> BARE.applyLimit(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("apply limit is %s, must be more than zero, such as PT60S".formatted(limit));
  }
}
