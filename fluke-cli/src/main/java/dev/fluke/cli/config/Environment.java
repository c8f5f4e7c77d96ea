package dev.fluke.cli.config;

import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import dev.fluke.text.DidYouMean;
import dev.fluke.yaml.internal.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Replaces {@code $NAME} and {@code ${NAME}} in texts with environment variables; {@code $$} is a
 * dollar sign. It hides the values that it used in messages, because they may be secrets.
 */
final class Environment {
  private static final Pattern DOLLAR =
      Pattern.compile("\\$(?:(\\$)|\\{([A-Za-z_]\\w*)\\}|([A-Za-z_]\\w*)|)");

  private final transient Map<String, String> variables; // transient: may have secrets
  private final Mask used = new Mask();

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** The text with replaced variables; null, with a problem, if a variable is not set. */
  @Nullable String replacedIn(ScalarNode node, String thing, Problems problems) {
    Matcher dollar = DOLLAR.matcher(node.getValue());
    StringBuilder text = new StringBuilder();
    boolean valid = true;
    while (dollar.find()) {
      String name = dollar.group(2) == null ? dollar.group(3) : dollar.group(2);
      String value = "$";
      if (name != null) {
        value = variables.get(name);
        used.learnLong(Secret.of(value == null ? "" : value));
      } else if (dollar.group(1) == null) {
        problems.at(node, thing + ": '$' is not followed by a name; write $$ for a dollar sign");
        valid = false;
      }
      if (value == null) {
        problems.at(node, thing + ": " + unset(String.valueOf(name)));
        valid = false;
      }
      dollar.appendReplacement(text, Matcher.quoteReplacement(String.valueOf(value)));
    }
    return valid ? dollar.appendTail(text).toString() : null;
  }

  /** All texts at and below a node, in order, with replaced variables. */
  List<String> replacedBelow(Node node) {
    if (node instanceof ScalarNode scalar) {
      String text = replacedIn(scalar, "", new Problems(""));
      return List.of(String.valueOf(text));
    }
    List<String> texts = new ArrayList<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        texts.addAll(replacedBelow(entry.getKeyNode()));
        texts.addAll(replacedBelow(entry.getValueNode()));
      }
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> texts.addAll(replacedBelow(item)));
    }
    return texts;
  }

  private String unset(String name) {
    String otherwise = "; set it, or write $$ for a dollar sign";
    String hint = DidYouMean.hintOr(name, variables.keySet(), otherwise);
    return "the environment variable '%s' is not set%s".formatted(name, hint);
  }

  /** Hides the values that were used. */
  Mask mask() {
    return used;
  }
}
