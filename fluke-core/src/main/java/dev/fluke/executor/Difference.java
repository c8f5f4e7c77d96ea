package dev.fluke.executor;

import static java.util.Objects.requireNonNull;

import dev.fluke.text.Printable;
import java.util.function.UnaryOperator;

/**
 * One thing that is not as declared.
 *
 * @param what what differs, such as {@code state}
 * @param expected what should be
 * @param found what is
 */
public record Difference(String what, String expected, String found) {
  private static final int LONGEST = 500;

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

  /** {@code what should be 'expected', is 'found'}: on one line, long texts cut. */
  @Override
  public String toString() {
    return Printable.of(what) + " should be '" + cut(expected) + "', is '" + cut(found) + "'";
  }

  private static String cut(String text) {
    String shown = Printable.of(text);
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST - 1) + "…";
  }
}
