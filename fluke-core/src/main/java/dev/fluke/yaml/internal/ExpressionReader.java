package dev.fluke.yaml.internal;

import dev.fluke.agent.Selector;
import dev.fluke.text.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code match_expressions}: a list of conditions, each with a key and an operator. */
final class ExpressionReader {
  private static final List<String> KEYS = List.of("key", "in", "not_in", "exists", "absent");

  private final String thing;
  private final String every;
  private final TextReader values;
  private final Problems problems;
  private final List<Selector> conditions = new ArrayList<>();
  private boolean good = true;

  /**
   * For one selector.
   *
   * @param thing what it belongs to, for messages
   * @param every how to select every agent, for messages
   */
  ExpressionReader(String thing, String every, TextReader values) {
    this.thing = thing;
    this.every = every;
    this.values = values;
    this.problems = values.problems();
  }

  /** Whether everything that was read is valid. */
  boolean isGood() {
    return good;
  }

  /** The conditions at this node, a list; notes a problem for each that is invalid. */
  List<Selector> read(Node node) {
    if (!(node instanceof SequenceNode list)) {
      problems.at(
          node,
          "%s: 'match_expressions' must be a list of { key: …, in: [ … ] }, is %s"
              .formatted(thing, Mapping.kind(node)));
      good = false;
      return conditions;
    }
    if (list.getValue().isEmpty()) {
      problems.at(node, thing + ": 'match_expressions' is empty; " + every);
      good = false;
    }
    list.getValue().forEach(this::expression);
    return conditions;
  }

  private void expression(Node node) {
    Mapping mapping = Mapping.of(node, thing, "{ key: …, in: [ … ] }", problems);
    Mapping.Entry key = mapping.take("key");
    Map<String, Mapping.Entry> operators = new LinkedHashMap<>();
    for (String operator : SelectorReader.OPERATORS) {
      Mapping.Entry entry = mapping.take(operator);
      if (entry != null) {
        operators.put(operator, entry);
      }
    }
    boolean strange = !mapping.isEmpty() || !mapping.isMapping();
    mapping.nothingElse("key", KEYS);
    if (key == null || operators.size() != 1) {
      good = false;
      if (!strange) {
        problems.at(node, thing + ": needs 'key' and exactly one of in, not_in, exists, absent");
      }
      return;
    }
    if (!(key.value() instanceof ScalarNode name)) {
      problems.at(key.value(), thing + ": 'key' must be text, is " + Mapping.kind(key.value()));
      good = false;
      return;
    }
    operators.forEach((operator, entry) -> operator(name, operator, entry.value()));
  }

  private void operator(ScalarNode key, String operator, Node value) {
    Selector.Label label = condition(key, () -> Selector.label(key.getValue()));
    if (label == null) {
      return;
    }
    String at = thing + ": '" + operator + "'";
    if (operator.equals("exists") || operator.equals("absent")) {
      if (!"true".equals(values.text(value, at))) {
        String other = operator.equals("exists") ? "absent" : "exists";
        problems.at(value, at + ": must be true; for the opposite, write " + other + ": true");
        good = false;
      }
      conditions.add(operator.equals("exists") ? label.exists() : label.absent());
      return;
    }
    if (!(value instanceof SequenceNode list)) {
      problems.at(value, at + ": must be a list such as [a, b], is " + Mapping.kind(value));
      good = false;
      return;
    }
    if (values.isTooMany(list.getValue().size(), Limits.CONDITION_VALUES, "values", value, at)) {
      good = false;
      return;
    }
    List<String> texts = new ArrayList<>();
    for (Node item : list.getValue()) {
      String text = values.text(item, at);
      good &= text != null;
      texts.add(text == null ? "" : text);
    }
    String[] all = texts.toArray(String[]::new);
    Selector condition =
        condition(value, () -> operator.equals("in") ? label.in(all) : label.notIn(all));
    if (condition != null) {
      conditions.add(condition);
    }
  }

  /** The value; notes a problem at the node if the supplier throws. */
  private <T> @Nullable T condition(Node node, Supplier<T> made) {
    T condition = values.made(node, thing, made);
    good &= condition != null;
    return condition;
  }
}
