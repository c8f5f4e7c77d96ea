package dev.fluke.executor;

import static java.util.Objects.requireNonNull;

import dev.fluke.text.LineDiff;
import dev.fluke.text.Printable;
import java.util.List;
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
   * The difference line by line, fit for people: where the declared value has several lines, the
   * changes that lead from the found value to it, in the format of {@code diff -u}; where only the
   * found value has several, those lines. At most 40 lines of 120 characters, with control
   * characters escaped. Empty if both values have one line: then {@link #toString} has them.
   */
  public List<String> lines() {
    if (hasLines(expected)) {
      return LineDiff.of(found, expected);
    }
    return hasLines(found) ? LineDiff.limited(found.stripTrailing().lines().toList()) : List.of();
  }

  private static boolean hasLines(String text) {
    return text.stripTrailing().indexOf('\n') >= 0;
  }

  /**
   * For a table whose reader sees {@link #lines}, too: as {@link #toString}, but of a found value
   * with several lines only the first.
   */
  public String summary() {
    boolean isLong = !hasLines(expected) && !LineDiff.isDiff(found) && hasLines(found);
    String first = found.lines().findFirst().orElse("");
    return isLong
        ? "%s should be '%s', is '%s …'".formatted(Printable.of(what), cut(expected), cut(first))
        : toString();
  }

  /**
   * {@code what should be 'expected', is 'found'}, on one line; values end after 500 characters. Of
   * a declared value with several lines, and of a diff, only how many lines differ; {@link #lines}
   * has them.
   */
  @Override
  public String toString() {
    if (hasLines(expected)) {
      return "%s differs: %s".formatted(Printable.of(what), LineDiff.summary(found, expected));
    }
    if (LineDiff.isDiff(found)) {
      return "%s differs: %s".formatted(Printable.of(what), LineDiff.summary(found));
    }
    return "%s should be '%s', is '%s'".formatted(Printable.of(what), cut(expected), cut(found));
  }

  private static String cut(String text) {
    String shown = Printable.of(text);
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST - 1) + "…";
  }
}
