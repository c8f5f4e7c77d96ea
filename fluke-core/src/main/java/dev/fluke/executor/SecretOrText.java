package dev.fluke.executor;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Secret;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The value of a {@link Field} that may be secret: a text, or a {@link Secret} with the name that
 * the manifest gives. Immutable.
 */
public final class SecretOrText {
  private final @Nullable String text;
  private final @Nullable Secret secret;

  private SecretOrText(@Nullable String text, @Nullable Secret secret) {
    this.text = text;
    this.secret = secret;
  }

  /** A text. */
  public static SecretOrText of(String text) {
    return new SecretOrText(requireNonNull(text, "text"), null);
  }

  /** A secret. */
  public static SecretOrText of(Secret secret) {
    return new SecretOrText(null, requireNonNull(secret, "secret"));
  }

  /** Calls the function for what it is, and returns that function's result. */
  public <T> T fold(Function<String, T> ifText, Function<Secret, T> ifSecret) {
    return secret != null ? ifSecret.apply(secret) : ifText.apply(requireNonNull(text));
  }

  /** The text, or three stars. */
  @Override
  public String toString() {
    return fold(shown -> shown, Secret::toString);
  }
}
