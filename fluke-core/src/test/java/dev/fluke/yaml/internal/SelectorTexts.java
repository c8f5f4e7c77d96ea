package dev.fluke.yaml.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.agent.Selector;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads one selector for tests; replaces nothing. */
final class SelectorTexts implements TextReader {
  private final Problems problems = new Problems("f");

  @Override
  public Problems problems() {
    return problems;
  }

  @Override
  public @Nullable String text(Node node, String thing) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    problems.at(node, thing + ": must be text, is " + Mapping.kind(node));
    return null;
  }

  /** The selector of {@code on}. */
  @Nullable Selector read(String yaml) {
    return SelectorReader.read(
        Objects.requireNonNull(YamlFile.read(yaml.getBytes(UTF_8), problems)), "it", "on", this);
  }

  List<String> found() {
    return problems.found().stream().map(Object::toString).toList();
  }
}
