package dev.fluke.cli.config;

import dev.fluke.text.FileProblem;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A config that is not sound. Says all that is wrong at once, and shows no secret. */
public final class InvalidConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<FileProblem> problems;

  InvalidConfigException(Collection<FileProblem> problems) {
    super(problems.stream().sorted().map(FileProblem::toString).collect(Collectors.joining("\n")));
    this.problems = problems.stream().sorted().toList();
  }

  /** All that is wrong, by file and place; at least one; unmodifiable. */
  public List<FileProblem> problems() {
    return problems;
  }
}
