package dev.fluke.yaml.internal;

import dev.fluke.text.FileProblem;
import dev.fluke.text.Limits;
import java.util.LinkedHashSet;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Collects the problems of one file. After 1,000 it ends the reading of the file with an {@link
 * EndedException}, so that a file full of mistakes takes little time and memory.
 */
public final class Problems {
  private final String file;
  private final Set<FileProblem> found = new LinkedHashSet<>();
  private int noted;

  /** Ends the reading of a file. The problem that ends it is noted. */
  public static final class EndedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private EndedException() {
      super("the file is read no further", null, false, false);
    }
  }

  /** Of this file. */
  public Problems(String file) {
    this.file = file;
  }

  /** Its path, as it is shown. */
  public String file() {
    return file;
  }

  /** Notes a problem at this node. */
  public void at(Node node, String message) {
    at(node.getStartMark(), message);
  }

  /** Notes a problem at this mark. */
  public void at(Mark mark, String message) {
    at(mark.getLine() + 1, mark.getColumn() + 1, message);
  }

  /** Notes a problem at this line and column, which begin at 1. */
  public void at(int line, int column, String message) {
    found.add(new FileProblem(file, line, column, message));
    if (++noted == Limits.PROBLEMS) {
      throw ended(
          line,
          column,
          "has %,d problems up to here and is read no further; correct these first"
              .formatted(Limits.PROBLEMS));
    }
  }

  /** Notes a problem at this node, and returns the exception that ends the reading. */
  public EndedException ended(Node node, String message) {
    return ended(node.getStartMark(), message);
  }

  /** Notes a problem at this mark, and returns the exception that ends the reading. */
  EndedException ended(Mark mark, String message) {
    return ended(mark.getLine() + 1, mark.getColumn() + 1, message);
  }

  private EndedException ended(int line, int column, String message) {
    found.add(new FileProblem(file, line, column, message));
    return new EndedException();
  }

  /** {@code line:column} of a node, to name a second place in a message. */
  public static String place(Node node) {
    return (node.getStartMark().getLine() + 1) + ":" + (node.getStartMark().getColumn() + 1);
  }

  /** All problems, in the order in which they were found. */
  public Set<FileProblem> found() {
    return found;
  }
}
