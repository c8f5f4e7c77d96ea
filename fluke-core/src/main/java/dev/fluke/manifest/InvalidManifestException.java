package dev.fluke.manifest;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Manifest files that are not sound: none of them counts. Says all that is wrong at once. */
public final class InvalidManifestException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<ManifestProblem> problems;

  InvalidManifestException(Collection<ManifestProblem> problems) {
    super(
        problems.stream()
            .sorted()
            .map(ManifestProblem::toString)
            .collect(Collectors.joining("\n")));
    this.problems = problems.stream().sorted().toList();
  }

  /** All that is wrong, by file and place; at least one; unmodifiable. */
  public List<ManifestProblem> problems() {
    return problems;
  }
}
