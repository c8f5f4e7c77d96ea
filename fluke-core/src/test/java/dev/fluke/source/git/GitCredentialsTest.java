package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Secret;
import dev.fluke.source.SourceUnavailableException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header of credentials, the values that can't be sent, and the masking. */
@Tag("G12")
class GitCredentialsTest {

  private static GitCredentials basic(String password) {
    return new GitCredentials(Optional.of("ann"), Secret.of(password));
  }

  private static GitCredentials token(String token) {
    return new GitCredentials(Optional.empty(), Secret.of(token));
  }

  @Test
  void makesTheHeader() {
    assertThat(basic("canary").header()).isEqualTo("Basic YW5uOmNhbmFyeQ==");
    assertThat(basic("caf\u00e9").header()).isEqualTo("Basic YW5uOmNhZsOp");
    assertThat(token("canary").header()).isEqualTo("Bearer canary");
  }

  @Test
  void asksForTheSecretOncePerPoll() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    GitCredentials credentials =
        new GitCredentials(Optional.empty(), Secret.from(() -> "t" + asked.incrementAndGet()));

    GitCredentials now = credentials.resolved();

    assertThat(now.header()).isEqualTo("Bearer t1");
    assertThat(now.header()).isEqualTo("Bearer t1");
    assertThat(credentials.resolved().header()).isEqualTo("Bearer t2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "caf\u00e9", "a:b", "~"})
  void acceptsPasswordsThatCanBeSent(String password) throws Exception {
    assertThat(basic(password).resolved().secret().reveal()).isEqualTo(password);
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary\n", "\tcanary", "canary\u007f"})
  void refusesPasswordsThatCanNotBeSent(String password) {
    assertThatThrownBy(() -> basic(password).resolved())
        .isInstanceOf(SourceUnavailableException.class)
        .hasMessageEndingWith("another character that can't be sent; strip it")
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary two", "caf\u00e9-canary", "canary\r\n"})
  void refusesTokensThatCanNotBeSent(String token) {
    assertThatThrownBy(() -> token(token).resolved())
        .isInstanceOf(SourceUnavailableException.class)
        .hasMessageNotContaining("canary");
  }

  @Test
  void hidesThePasswordAndTheHeaderInText() {
    String said = "x a\tb y a\\tb z YW5uOmEJYg==, not a\tbc";

    assertThat(basic("a\tb").mask().hide(said)).isEqualTo("x *** y *** z ***, not a\tbc");
  }
}
