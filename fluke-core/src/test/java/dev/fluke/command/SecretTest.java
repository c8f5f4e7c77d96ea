package dev.fluke.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

  @Test
  void showsThreeStarsWhateverItIs() {
    assertThat(Secret.of("canary")).hasToString("***");
    assertThat(Secret.from(() -> "canary")).hasToString("***");
  }

  @Test
  void hasANameInsteadOfAValueIfASourceSuppliesIt() {
    Secret named = Secret.named("api-token");

    assertThat(named).hasToString("*** (secret 'api-token')");
    assertThat(named.name()).contains("api-token");
    assertThat(named.isAtHand()).isFalse();
    assertThat(Secret.of("canary").name()).isEmpty();
    assertThatThrownBy(named::reveal)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'api-token'")
        .hasMessageContaining("host.secret(..)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "../x", "a/b", "/etc/shadow", "-x", ".x", "a b", "a\n", "\u00e9"})
  void refusesANameThatCouldBeAPath(String name) {
    assertThatThrownBy(() -> Secret.named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not the name of a secret");
  }

  @Test
  void fetchesItsValueEachTimeItIsNeeded() {
    AtomicInteger calls = new AtomicInteger();
    Secret secret = Secret.from(() -> "canary " + calls.incrementAndGet());

    assertThat(secret.isAtHand()).isFalse();
    assertThat(calls).hasValue(0);
    assertThat(secret.reveal() + secret.reveal()).isEqualTo("canary 1canary 2");
    assertThat(Secret.of("canary").isAtHand()).isTrue();
  }

  @Test
  void equalsOnlyItself() {
    Secret secret = Secret.of("canary");

    assertThat(List.of(secret)).contains(secret).doesNotContain(Secret.of("canary"));
  }

  @Test
  void refusesASupplierThatGivesNull() {
    assertThatThrownBy(Secret.from(() -> null)::reveal)
        .isInstanceOf(NullPointerException.class)
        .hasMessage("the supplier of a secret returned null");
  }
}
