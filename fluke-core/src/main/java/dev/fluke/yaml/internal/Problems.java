package dev.fluke.yaml.internal;

import dev.fluke.text.FileProblem;
import java.util.LinkedHashSet;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Collects the problems of one file. */
public final class Problems {
  private final String file;
  private final Set<FileProblem> found = new LinkedHashSet<>();

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
