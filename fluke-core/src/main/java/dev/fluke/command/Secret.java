package dev.fluke.command;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

/**
 * A text that must not be shown: it prints as {@code ***}, and Fluke sends it only where nobody
 * else on either machine can read it (never in an argument list).
 *
 * <p>Immutable. Two secrets are equal only if they are the same object, so that comparing can't be
 * used to guess one.
 */
public final class Secret {
  private final Supplier<String> source;
  private final boolean atHand;

  private Secret(Supplier<String> source, boolean atHand) {
    this.source = source;
    this.atHand = atHand;
  }

  /** A secret that is at hand. */
  public static Secret of(String value) {
    requireNonNull(value, "value");
    return new Secret(() -> value, true);
  }

  /**
   * A secret that is fetched each time it is needed, so that it can be rotated.
   *
   * @param source gives the present value, never null; called from Fluke's threads
   */
  public static Secret from(Supplier<String> source) {
    return new Secret(requireNonNull(source, "source"), false);
  }

  /** Whether it need not be fetched, so that what is wrong with it can be said at once. */
  public boolean isAtHand() {
    return atHand;
  }

  /** The text itself, for the one place that needs it. */
  public String reveal() {
    return requireNonNull(source.get(), "the supplier of a secret returned null");
  }

  /** Three stars, whatever the secret is. */
  @Override
  public String toString() {
    return "***";
  }
}
