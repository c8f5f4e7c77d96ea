package dev.fluke.manifest;

import java.util.LinkedHashSet;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Gathers what is wrong in one file. */
final class Problems {
  private final String file;
  private final Set<ManifestProblem> found = new LinkedHashSet<>();

  Problems(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }

  void at(Node node, String message) {
    at(node.getStartMark(), message);
  }

  void at(Mark mark, String message) {
    at(mark.getLine() + 1, mark.getColumn() + 1, message);
  }

  void at(int line, int column, String message) {
    found.add(new ManifestProblem(file, line, column, message));
  }

  /** {@code line:column} of a node, to name a second place in a message. */
  static String place(Node node) {
    return (node.getStartMark().getLine() + 1) + ":" + (node.getStartMark().getColumn() + 1);
  }

  Set<ManifestProblem> found() {
    return found;
  }
}
