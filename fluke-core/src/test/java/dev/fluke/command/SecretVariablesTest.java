package dev.fluke.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretVariablesTest {
  private final SecretSource source =
      SecretSource.environment(
          "APP_", Map.of("APP_API_TOKEN", "canary-token", "APP_", "none", "OTHER_X", "canary-x"));

  @Test
  void readsTheVariableWithThePrefix() throws Exception {
    assertThat(source.secret("api-token").orElseThrow().reveal()).isEqualTo("canary-token");
    assertThat(source.secret("api.token").orElseThrow().reveal()).isEqualTo("canary-token");
    assertThat(source.secret("x")).isEmpty();
    assertThat(source.names()).containsExactly("api-token");
    assertThat(source).hasToString("environment variables APP_…");
  }

  @Test
  void refusesAPrefixThatNoVariableHas() {
    assertThatThrownBy(() -> SecretSource.environment("", Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SecretSource.environment("A-", Map.of()))
        .hasMessage("secrets: the prefix 'A-' can't begin the name of an environment variable");
  }
}
