package dev.fluke.manifest;

import dev.fluke.text.FileProblem;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Manifest files have mistakes, so that none of them is used. Names every mistake. */
public final class InvalidManifestException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<FileProblem> problems;

  InvalidManifestException(Collection<FileProblem> problems) {
    super(problems.stream().sorted().map(FileProblem::toString).collect(Collectors.joining("\n")));
    this.problems = problems.stream().sorted().toList();
  }

  /** Every mistake, by file and place; at least one; unmodifiable. */
  public List<FileProblem> problems() {
    return problems;
  }
}
