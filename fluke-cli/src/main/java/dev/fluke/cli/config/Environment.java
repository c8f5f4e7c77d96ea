package dev.fluke.cli.config;

import dev.fluke.text.DidYouMean;
import dev.fluke.text.Printable;
import dev.fluke.yaml.internal.Problems;
import java.util.ArrayList;
import java.util.HashMap;
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
 * Puts variables of the environment where a text has {@code $NAME} or {@code ${NAME}}; {@code $$}
 * is a dollar. It remembers what it put, so that no message shows it: any of it may be a secret.
 */
final class Environment {
  private static final Pattern DOLLAR =
      Pattern.compile("\\$(?:(\\$)|\\{([A-Za-z_]\\w*)\\}|([A-Za-z_]\\w*)|)");
  private static final int SHORTEST_TO_HIDE = 4;

  private final Map<String, String> variables;
  private final Map<String, String> used = new HashMap<>();

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** The text with its variables in place; null, with a problem noted, if that can't be done. */
  @Nullable String replacedIn(ScalarNode node, String thing, Problems problems) {
    Matcher dollar = DOLLAR.matcher(node.getValue());
    StringBuilder text = new StringBuilder();
    boolean good = true;
    while (dollar.find()) {
      String name = dollar.group(2) == null ? dollar.group(3) : dollar.group(2);
      String put = "$";
      if (name != null) {
        put = variables.get(name);
        used.put(name, put == null ? "" : put);
      } else if (dollar.group(1) == null) {
        problems.at(node, thing + ": a '$' begins no name here; write $$ for a dollar");
        good = false;
      }
      if (put == null) {
        problems.at(node, thing + ": " + unset(String.valueOf(name)));
        good = false;
      }
      dollar.appendReplacement(text, Matcher.quoteReplacement(String.valueOf(put)));
    }
    return good ? dollar.appendTail(text).toString() : null;
  }

  /** All texts at a node and below, in order, with their variables in place. */
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
    String hint = DidYouMean.hintOr(name, variables.keySet(), "; set it, or write $$ for a dollar");
    return "there is no variable '" + name + "' in the environment" + hint;
  }

  /** The message with the name of each variable in place of its value. */
  String hidden(String message) {
    String shown = message;
    for (Map.Entry<String, String> variable : used.entrySet()) {
      String value = variable.getValue();
      if (value.length() >= SHORTEST_TO_HIDE) {
        shown = shown.replace(value, "$" + variable.getKey());
        shown = shown.replace(Printable.of(value), "$" + variable.getKey());
      }
    }
    return shown;
  }
}
