package dev.fluke.cli.config;

import dev.fluke.text.FileProblem;
import dev.fluke.yaml.internal.Mapping;
import dev.fluke.yaml.internal.Problems;
import dev.fluke.yaml.internal.TextReader;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Gives texts of the config to a reader of core, with replaced variables. It keeps the problems of
 * that reader until {@link #report}, which hides the values of variables in them.
 */
final class ConfigTexts implements TextReader {
  private final Section.Context context;
  private final Problems problems;

  ConfigTexts(Section.Context context) {
    this.context = context;
    this.problems = new Problems(context.problems().file());
  }

  @Override
  public Problems problems() {
    return problems;
  }

  @Override
  public @Nullable String text(Node node, String thing) {
    if (node instanceof ScalarNode scalar) {
      return context.environment().replacedIn(scalar, thing, problems);
    }
    problems.at(node, thing + ": must be text, is " + Mapping.kind(node));
    return null;
  }

  /** Adds the problems to those of the config. */
  void report() {
    for (FileProblem problem : problems.found()) {
      String message = context.environment().mask().hide(problem.message());
      context.problems().at(problem.line(), problem.column(), message);
    }
  }
}
