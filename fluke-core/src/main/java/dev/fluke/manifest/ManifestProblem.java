package dev.fluke.manifest;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Printable;
import java.util.Comparator;

/**
 * Something wrong in a manifest file, and where.
 *
 * @param file the path within the source
 * @param line from 1
 * @param column from 1, in characters
 * @param message the thing, the problem and the way out, on one line
 */
public record ManifestProblem(String file, int line, int column, String message)
    implements Comparable<ManifestProblem> {
  private static final Comparator<ManifestProblem> ORDER =
      Comparator.comparing(ManifestProblem::file)
          .thenComparingInt(ManifestProblem::line)
          .thenComparingInt(ManifestProblem::column)
          .thenComparing(ManifestProblem::message);

  /** Makes file and message printable. */
  public ManifestProblem {
    file = Printable.of(requireNonNull(file, "file"));
    message = Printable.of(requireNonNull(message, "message"));
  }

  /** By file, then by place. */
  @Override
  public int compareTo(ManifestProblem other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column: message}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
