package dev.fluke.manifest;

import dev.fluke.agent.Selector;
import dev.fluke.yaml.internal.Mapping;
import dev.fluke.yaml.internal.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code selector}: {@code match_labels}, {@code match_expressions}, or {@code all}. */
final class SelectorReader {
  static final List<String> KEYS = List.of("match_labels", "match_expressions", "all");
  static final List<String> OPERATORS = List.of("in", "not_in", "exists", "absent");

  private final String thing;
  private final Values values;
  private final Problems problems;
  private final List<Selector> conditions = new ArrayList<>();
  private boolean good = true;

  private SelectorReader(String thing, Values values) {
    this.thing = thing;
    this.values = values;
    this.problems = values.problems();
  }

  /** The selector at this node; null, with a problem noted, if there is none. */
  static @Nullable Selector read(Node node, String task, Values values) {
    return new SelectorReader(task + ": selector", values).read(node);
  }

  private @Nullable Selector read(Node node) {
    Mapping mapping =
        Mapping.of(node, thing, "a mapping with match_labels, match_expressions or all", problems);
    Mapping.Entry all = mapping.take("all");
    Mapping.Entry labels = mapping.take("match_labels");
    Mapping.Entry expressions = mapping.take("match_expressions");
    if (labels != null) {
      labels(labels.value());
    }
    if (expressions != null) {
      expressions(expressions.value());
    }
    boolean others = !mapping.isEmpty();
    mapping.misplaced(ScalarNode.class, KEYS, "a label stands in match_labels: { %s: … }");
    mapping.nothingElse("key", KEYS);
    if (all != null) {
      return everyAgent(all, labels != null || expressions != null);
    }
    if (mapping.isMapping() && labels == null && expressions == null && !others) {
      problems.at(
          node, thing + ": selects nothing; to mean every agent, say selector: { all: true }");
    }
    return good ? conditions.stream().reduce(Selector::and).orElse(null) : null;
  }

  private @Nullable Selector everyAgent(Mapping.Entry all, boolean others) {
    String value = values.text(all.value(), thing + ": 'all'");
    if (others || !"true".equals(value)) {
      problems.at(
          all.key(), thing + ": 'all' stands alone and is true; to select some, leave it out");
      return null;
    }
    return Selector.everyAgent();
  }

  private void labels(Node node) {
    Mapping mapping = Mapping.of(node, thing, "a mapping of labels", problems);
    if (mapping.isMapping() && mapping.isEmpty()) {
      empty(node, "match_labels");
    }
    for (Mapping.Entry entry : mapping.entries()) {
      String key = entry.name();
      Selector.Label label = condition(entry.key(), () -> Selector.label(key));
      if (label != null && entry.value() instanceof SequenceNode) {
        problems.at(
            entry.value(),
            String.format(
                "%s: label '%2$s': must be text, is a list; to allow several, say"
                    + " match_expressions: [ { key: %2$s, in: [ … ] } ]",
                thing, key));
        good = false;
      } else if (label != null) {
        add(values.as(entry.value(), thing + ": label '" + key + "'", label::is));
      }
    }
  }

  private void empty(Node node, String what) {
    problems.at(
        node,
        thing + ": '" + what + "' is empty; to mean every agent, say selector: { all: true }");
    good = false;
  }

  private void expressions(Node node) {
    if (!(node instanceof SequenceNode list)) {
      problems.at(
          node,
          thing
              + ": 'match_expressions' must be a list of { key: …, in: [ … ] }, is "
              + Mapping.kind(node));
      good = false;
      return;
    }
    if (list.getValue().isEmpty()) {
      empty(node, "match_expressions");
    }
    list.getValue().forEach(this::expression);
  }

  private void expression(Node node) {
    Mapping mapping = Mapping.of(node, thing, "{ key: …, in: [ … ] }", problems);
    Mapping.Entry key = mapping.take("key");
    Map<String, Mapping.Entry> operators = new LinkedHashMap<>();
    for (String operator : OPERATORS) {
      Mapping.Entry entry = mapping.take(operator);
      if (entry != null) {
        operators.put(operator, entry);
      }
    }
    boolean strange = !mapping.isEmpty() || !mapping.isMapping();
    mapping.nothingElse("key", List.of("key", "in", "not_in", "exists", "absent"));
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
        problems.at(value, at + ": must be true; for the opposite, say " + other + ": true");
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
    List<String> texts = new ArrayList<>();
    for (Node item : list.getValue()) {
      String text = values.text(item, at);
      good &= text != null;
      texts.add(text == null ? "" : text);
    }
    String[] all = texts.toArray(String[]::new);
    add(condition(value, () -> operator.equals("in") ? label.in(all) : label.notIn(all)));
  }

  private void add(@Nullable Selector condition) {
    good &= condition != null;
    if (condition != null) {
      conditions.add(condition);
    }
  }

  /** What this gives; what it throws is a problem at the node. */
  private <T> @Nullable T condition(Node node, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      problems.at(node, thing + ": " + e.getMessage());
      good = false;
      return null;
    }
  }
}
