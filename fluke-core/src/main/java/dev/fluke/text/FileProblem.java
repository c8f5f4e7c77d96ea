package dev.fluke.text;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * Something wrong in a manifest file, and where.
 *
 * @param file the path within the source
 * @param line from 1
 * @param column from 1, in characters
 * @param message the thing, the problem and the way out, on one line
 */
public record FileProblem(String file, int line, int column, String message)
    implements Comparable<FileProblem> {
  private static final Comparator<FileProblem> ORDER =
      Comparator.comparing(FileProblem::file)
          .thenComparingInt(FileProblem::line)
          .thenComparingInt(FileProblem::column)
          .thenComparing(FileProblem::message);

  private static final int LONGEST_FILE = 500;
  private static final int LONGEST_MESSAGE = 2_000;

  /** Makes file and message printable, and leaves out the middle of what is very long. */
  public FileProblem {
    file = Printable.of(Printable.shortened(requireNonNull(file, "file"), LONGEST_FILE));
    message =
        Printable.of(Printable.shortened(requireNonNull(message, "message"), LONGEST_MESSAGE));
  }

  /** By file, then by place. */
  @Override
  public int compareTo(FileProblem other) {
    return ORDER.compare(this, other);
  }

  /** {@code file:line:column: message}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
