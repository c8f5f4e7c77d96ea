package dev.fluke.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Secret;
import org.junit.jupiter.api.Test;

class SecretOrTextTest {

  @Test
  void isEitherATextOrASecret() {
    Secret secret = Secret.of("canary-1");

    assertThat(SecretOrText.of("text").<Object>fold(text -> text, given -> given))
        .isEqualTo("text");
    assertThat(SecretOrText.of(secret).<Object>fold(text -> text, given -> given)).isSameAs(secret);
    assertThat(SecretOrText.of("text")).hasToString("text");
    assertThat(SecretOrText.of(secret)).hasToString("***");
  }
}
