package dev.fluke.cli.config;

import dev.fluke.manifest.ManifestProblem;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A config that is not sound. Says all that is wrong at once, and shows no secret. */
public final class InvalidConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<ManifestProblem> problems;

  InvalidConfigException(Collection<ManifestProblem> problems) {
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
