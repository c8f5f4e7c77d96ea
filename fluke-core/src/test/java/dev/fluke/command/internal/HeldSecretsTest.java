package dev.fluke.command.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Digestible;
import dev.fluke.command.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeldSecretsTest {
  private static final Secret ONE = Secret.of("canary-1");
  private static final Secret TWO = Secret.of("canary-2");

  private record Login(String user, Secret password) {}

  private record Holder(Object... parts) implements Digestible {
    @Override
    public void digestInto(Digest into) {
      for (Object part : parts) {
        into.add(part);
      }
    }
  }

  @Test
  void findsSecretsAtHandInAllParts() {
    Holder inner = new Holder(TWO, null, Optional.empty(), "text");

    assertThat(HeldSecrets.of(new Holder(new Login("ann", ONE), List.of(inner))))
        .containsExactly(ONE, TWO);
    assertThat(HeldSecrets.of(new Holder(Map.of("header", ONE), Optional.of(TWO))))
        .containsExactly(ONE, TWO);
    assertThat(HeldSecrets.of("text")).isEmpty();
  }

  @Test
  void fetchesNoSecret() {
    Secret fetched =
        Secret.from(
            () -> {
              throw new AssertionError("fetched");
            });

    assertThat(HeldSecrets.of(new Holder(fetched, Secret.named("api")))).isEmpty();
  }

  @Test
  void endsOnAValueThatContainsItself() {
    Object[] parts = {ONE, null};
    Holder holder = new Holder(parts);
    parts[1] = holder;

    assertThat(HeldSecrets.of(holder)).contains(ONE);
  }
}
