package dev.fluke.command;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A text that must not be shown: it prints as {@code ***}, and Fluke sends it only where nobody
 * else on either machine can read it (never in an argument list). What Fluke shows of a host's
 * output has {@code ***} in its place, too.
 *
 * <p>Serializers that read fields, such as Jackson and Gson, find nothing to write in it. A secret
 * for an environment, an input or a file has at least 6 characters, since any output has shorter
 * texts by chance.
 *
 * <p>Immutable. Two secrets are equal only if they are the same object, so that comparing can't be
 * used to guess one.
 */
public final class Secret {
  /** The fewest characters of a secret that other text does not have by chance. */
  static final int SHORTEST = 6;

  private static final String SHOWN = "***";

  private final transient Supplier<String> source; // transient: serializers leave it out
  private final transient boolean atHand;
  private final transient @Nullable String name;

  private Secret(Supplier<String> source, boolean atHand, @Nullable String name) {
    this.source = source;
    this.atHand = atHand;
    this.name = name;
  }

  /** A secret that is at hand. */
  public static Secret of(String value) {
    requireNonNull(value, "value");
    return new Secret(() -> value, true, null);
  }

  /**
   * A secret that is fetched each time it is needed, so that it can be rotated.
   *
   * @param source gives the present value, never null; called from Fluke's threads
   */
  public static Secret from(Supplier<String> source) {
    return new Secret(requireNonNull(source, "source"), false, null);
  }

  /**
   * A secret that the secret source of a reconciler supplies under this name, once in each walk of
   * an agent. In YAML it is {@code { secret: NAME }}.
   *
   * @param name 1 to 128 letters, digits and {@code . _ -}, not beginning with {@code .} or {@code
   *     -}
   * @throws IllegalArgumentException if the name is anything else
   */
  public static Secret named(String name) {
    SecretNames.check(name);
    return new Secret(
        () -> {
          throw new IllegalStateException(
              "the secret '%s' has no value here: a reconciler supplies it; in an executor, call host.secret(..) or implement withSecrets(..)"
                  .formatted(name));
        },
        false,
        name);
  }

  /** Whether it need not be fetched, so that what is wrong with it can be said at once. */
  public boolean isAtHand() {
    return atHand;
  }

  /**
   * Whether it is long enough to be masked: 6 characters, without spaces around them. A secret that
   * must be fetched is fetched.
   */
  public boolean isMaskable() {
    return reveal().strip().length() >= SHORTEST;
  }

  /**
   * Returns this secret.
   *
   * @param what says where it is to go, such as {@code the variable 'TOKEN'}
   * @throws IllegalArgumentException if it is at hand and not {@linkplain #isMaskable() maskable}
   */
  public Secret requireMaskable(String what) {
    if (atHand && !isMaskable()) {
      throw new IllegalArgumentException(
          "the secret for %s has %d characters; Fluke can hide a secret of %d or more, so use a longer one"
              .formatted(what, reveal().strip().length(), SHORTEST));
    }
    return this;
  }

  /** The name under which a secret source supplies it; empty for any other secret. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /**
   * The text itself, for the one place that needs it.
   *
   * @throws IllegalStateException if it has a {@link #name}, so that only a reconciler knows it
   */
  public String reveal() {
    return requireNonNull(source.get(), "the supplier of a secret returned null");
  }

  /** Three stars, whatever the secret is; with its name, if it has one. */
  @Override
  public String toString() {
    return name == null ? SHOWN : SHOWN + " (secret '" + name + "')";
  }
}
