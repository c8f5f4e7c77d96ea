package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Which tokens the API takes. */
class TokenTextTest {
  @Test
  void takes32CharactersOrMore() {
    String token = "0123456789abcdef0123456789abcdef";

    assertThat(TokenText.of(token).reveal()).isEqualTo(token);
    assertThatThrownBy(() -> TokenText.of(token.substring(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "has 31 characters, at least 32 are required; 'openssl rand -hex 32' prints a token");
  }

  @Test
  void rejectsWhatAHeaderCantCarry() {
    for (String text : new String[] {"", "canary canary canary canary canary", "ü".repeat(32)}) {
      assertThatThrownBy(() -> TokenText.of(text))
          .hasMessage("must be printable ASCII without spaces");
    }
  }
}
