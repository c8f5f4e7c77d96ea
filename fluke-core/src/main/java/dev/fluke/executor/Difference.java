package dev.fluke.executor;

import static java.util.Objects.requireNonNull;

import dev.fluke.text.Printable;
import java.util.function.UnaryOperator;

/**
 * One thing on a host that is not as declared.
 *
 * @param what what differs, such as {@code state}
 * @param expected the declared value
 * @param found the value on the host
 */
public record Difference(String what, String expected, String found) {
  private static final int LONGEST = 500;

  /** Refuses null. */
  public Difference {
    requireNonNull(what, "what");
    requireNonNull(expected, "expected");
    requireNonNull(found, "found");
  }

  /** The same difference, with {@code change} applied to each of its texts. */
  public Difference map(UnaryOperator<String> change) {
    return new Difference(change.apply(what), change.apply(expected), change.apply(found));
  }

  /**
   * {@code what should be 'expected', is 'found'}, on one line; values end after 500 characters.
   */
  @Override
  public String toString() {
    return "%s should be '%s', is '%s'".formatted(Printable.of(what), cut(expected), cut(found));
  }

  private static String cut(String text) {
    String shown = Printable.of(text);
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST - 1) + "…";
  }
}
