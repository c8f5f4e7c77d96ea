package dev.fluke.yaml.internal;

import dev.fluke.agent.Selector;
import dev.fluke.text.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a selector: {@code match_labels}, {@code match_expressions}, or {@code all}. */
public final class SelectorReader {
  /** What a condition of {@code match_expressions} can say of a label. */
  public static final List<String> OPERATORS = List.of("in", "not_in", "exists", "absent");

  private static final List<String> KEYS = List.of("match_labels", "match_expressions", "all");

  private final String thing;
  private final String every;
  private final TextReader values;
  private final Problems problems;
  private final List<Selector> conditions = new ArrayList<>();
  private boolean good = true;

  private SelectorReader(String owner, String key, TextReader values) {
    this.thing = owner.isEmpty() ? key : owner + ": " + key;
    this.every = "to select every agent, write " + key + ": { all: true }";
    this.values = values;
    this.problems = values.problems();
  }

  /**
   * The selector at this node; notes a problem and returns null if it is invalid.
   *
   * @param owner what it belongs to, for messages, such as {@code task 'nginx'}; may be empty
   * @param key its key
   */
  public static @Nullable Selector read(Node node, String owner, String key, TextReader values) {
    return new SelectorReader(owner, key, values).read(node);
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
    if (expressions != null && !isTooMany(sizeOf(expressions.value()), expressions.value())) {
      ExpressionReader reader = new ExpressionReader(thing, every, values);
      conditions.addAll(reader.read(expressions.value()));
      good &= reader.isGood();
    }
    boolean others = !mapping.isEmpty();
    mapping.misplaced(ScalarNode.class, KEYS, "put labels into match_labels: { %s: … }");
    mapping.nothingElse("key", KEYS);
    if (all != null) {
      return everyAgent(all, labels != null || expressions != null);
    }
    if (mapping.isMapping() && labels == null && expressions == null && !others) {
      problems.at(node, thing + ": selects nothing; " + every);
    }
    return good ? conditions.stream().reduce(Selector::and).orElse(null) : null;
  }

  private @Nullable Selector everyAgent(Mapping.Entry all, boolean others) {
    String value = values.text(all.value(), thing + ": 'all'");
    if (others || !"true".equals(value)) {
      problems.at(
          all.key(),
          thing + ": 'all' must be true and the only key; to select some agents, remove it");
      return null;
    }
    return Selector.everyAgent();
  }

  private void labels(Node node) {
    Mapping mapping = Mapping.of(node, thing, "a mapping of labels", problems);
    if (mapping.isMapping() && mapping.isEmpty()) {
      empty(node);
    }
    if (isTooMany(mapping.entries().size(), node)) {
      return;
    }
    for (Mapping.Entry entry : mapping.entries()) {
      String key = entry.name();
      Selector.Label label = condition(entry.key(), () -> Selector.label(key));
      if (label != null && entry.value() instanceof SequenceNode) {
        problems.at(
            entry.value(),
            "%s: label '%2$s': must be text, is a list; to allow several values, write match_expressions: [ { key: %2$s, in: [ … ] } ]"
                .formatted(thing, key));
        good = false;
      } else if (label != null) {
        add(values.as(entry.value(), thing + ": label '" + key + "'", label::is));
      }
    }
  }

  /** The number of conditions in a list, beside those that were read already. */
  private int sizeOf(Node node) {
    return node instanceof SequenceNode list ? conditions.size() + list.getValue().size() : 0;
  }

  private boolean isTooMany(int found, Node node) {
    boolean tooMany = values.isTooMany(found, Limits.CONDITIONS, "conditions", node, thing);
    good &= !tooMany;
    return tooMany;
  }

  private void empty(Node node) {
    problems.at(node, thing + ": 'match_labels' is empty; " + every);
    good = false;
  }

  private void add(@Nullable Selector condition) {
    good &= condition != null;
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
