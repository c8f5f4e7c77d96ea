package dev.fluke.command.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Digestible;
import dev.fluke.command.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeldSecretsTest {
  private static final Secret ONE = Secret.of("canary-1");
  private static final Secret TWO = Secret.of("canary-2");

  private record Login(String user, Secret password) {}

  private record Holder(List<@Nullable Object> parts) implements Digestible {
    static Holder of(@Nullable Object... parts) {
      return new Holder(Arrays.asList(parts));
    }

    @Override
    public void digestInto(Digest into) {
      parts.forEach(into::add);
    }
  }

  @Test
  void findsSecretsAtHandInAllParts() {
    Holder inner = Holder.of(TWO, null, Optional.empty(), "text");

    assertThat(HeldSecrets.of(Holder.of(new Login("ann", ONE), List.of(inner))))
        .containsExactly(ONE, TWO);
    assertThat(HeldSecrets.of(Holder.of(Map.of("header", ONE), Optional.of(TWO))))
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

    assertThat(HeldSecrets.of(Holder.of(fetched, Secret.named("api")))).isEmpty();
  }

  @Test
  void endsOnAValueThatContainsItself() {
    List<@Nullable Object> parts = Arrays.asList(ONE, null);
    Holder holder = new Holder(parts);
    parts.set(1, holder);

    assertThat(HeldSecrets.of(holder)).contains(ONE);
  }
}
