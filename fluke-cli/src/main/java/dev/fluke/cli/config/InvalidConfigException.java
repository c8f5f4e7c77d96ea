package dev.fluke.cli.config;

import dev.fluke.text.FileProblem;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The config is invalid. The message has all problems, one a line, and shows no secret. */
public final class InvalidConfigException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<FileProblem> problems;

  InvalidConfigException(Collection<FileProblem> problems) {
    super(problems.stream().sorted().map(FileProblem::toString).collect(Collectors.joining("\n")));
    this.problems = problems.stream().sorted().toList();
  }

  /** All problems, sorted by file and position; at least one; unmodifiable. */
  public List<FileProblem> problems() {
    return problems;
  }
}
