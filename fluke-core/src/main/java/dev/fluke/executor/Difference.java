package dev.fluke.executor;

import static java.util.Objects.requireNonNull;

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

  /** {@code what should be 'expected', is 'found'}. */
  @Override
  public String toString() {
    return what + " should be '" + expected + "', is '" + found + "'";
  }
}
