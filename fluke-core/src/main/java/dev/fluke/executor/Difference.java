package dev.fluke.executor;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;

/**
 * One thing that is not as declared.
 *
 * @param what what differs, such as {@code state}
 * @param expected what should be
 * @param found what is
 */
public record Difference(String what, String expected, String found) {
  /** Refuses null. */
  public Difference {
    requireNonNull(what, "what");
    requireNonNull(expected, "expected");
    requireNonNull(found, "found");
  }

  /** The same, with each text of it replaced by what this makes of it. */
  public Difference map(UnaryOperator<String> change) {
    return new Difference(change.apply(what), change.apply(expected), change.apply(found));
  }

  /** {@code what should be 'expected', is 'found'}. */
  @Override
  public String toString() {
    return what + " should be '" + expected + "', is '" + found + "'";
  }
}
