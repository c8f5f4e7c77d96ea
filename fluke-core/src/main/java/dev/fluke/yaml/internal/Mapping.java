package dev.fluke.yaml.internal;

import dev.fluke.text.DidYouMean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The entries of a mapping. A reader takes the keys that it knows; the rest is unknown. */
public final class Mapping {
  private final String thing;
  private final Problems problems;
  private final Map<String, Entry> left = new LinkedHashMap<>();
  private final boolean isMapping;

  /**
   * A key with its value, and where both are.
   *
   * @param key the key
   * @param value the value
   */
  public record Entry(ScalarNode key, Node value) {
    /** The text of the key. */
    public String name() {
      return key.getValue();
    }
  }

  private Mapping(Node node, String thing, Problems problems) {
    this.thing = thing;
    this.problems = problems;
    this.isMapping = node instanceof MappingNode;
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::add);
    }
  }

  /**
   * The mapping at this node; empty, with a problem noted, if it is something else.
   *
   * @param thing what it belongs to, for messages, such as {@code task 'nginx'}; may be empty
   * @param should what it should be, for the message, such as {@code a mapping of task names}
   */
  public static Mapping of(Node node, String thing, String should, Problems problems) {
    Mapping mapping = new Mapping(node, thing, problems);
    if (!mapping.isMapping) {
      problems.at(node, said(thing, "must be " + should + ", is " + kind(node)));
    }
    return mapping;
  }

  /** The problem, with the name of the thing in front, if it has one. */
  public static String said(String thing, String problem) {
    return thing.isEmpty() ? problem : thing + ": " + problem;
  }

  /** What a node is, in words for a message. */
  public static String kind(Node node) {
    if (node instanceof SequenceNode) {
      return "a list";
    }
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue().isEmpty() ? "empty" : "text";
    }
    return "a mapping";
  }

  private void add(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problems.at(
          tuple.getKeyNode(),
          said(thing, "a key must be text, is " + kind(tuple.getKeyNode()) + "; quote it"));
      return;
    }
    if (key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
      problems.at(key, said(thing, "merging with '<<' is not supported; write the entries out"));
      return;
    }
    Entry entry = new Entry(key, tuple.getValueNode());
    Entry first = left.putIfAbsent(entry.name(), entry);
    if (first != null) {
      problems.at(
          key,
          said(
              thing,
              "key '%s' is a duplicate, first at %s; remove one of the two"
                  .formatted(entry.name(), Problems.place(first.key()))));
    }
  }

  /** Whether the node was a mapping at all. */
  public boolean isMapping() {
    return isMapping;
  }

  /** Whether nothing is left. */
  public boolean isEmpty() {
    return left.isEmpty();
  }

  /** Takes the entry of this key out. */
  public @Nullable Entry take(String key) {
    return left.remove(key);
  }

  /** All entries that are left, in order. */
  public List<Entry> entries() {
    return new ArrayList<>(left.values());
  }

  /**
   * Takes out the entries that have such a value and resemble no known key, and notes that they
   * belong elsewhere.
   */
  public void misplaced(Class<? extends Node> value, Collection<String> known, String hint) {
    for (Entry entry : entries()) {
      if (value.isInstance(entry.value())
          && DidYouMean.nearest(entry.name(), known).isEmpty()
          && !entry.name().contains(":")) {
        left.remove(entry.name());
        String name = entry.name();
        problems.at(
            entry.key(), said(thing, "unknown key '" + name + "'; " + hint.replace("%s", name)));
      }
    }
  }

  /** Notes that every entry that was not taken is unknown. */
  public void nothingElse(String what, Collection<String> known) {
    nothingElse(what, known, thing);
  }

  /** As above, with another name for what it belongs to. */
  public void nothingElse(String what, Collection<String> known, String of) {
    for (Entry entry : left.values()) {
      problems.at(
          entry.key(),
          said(of, "unknown " + what + " '" + entry.name() + "'") + wayOut(entry, known));
    }
  }

  private static String wayOut(Entry entry, Collection<String> known) {
    return entry.name().contains(":")
        ? "; put a space after a ':' that ends a key"
        : DidYouMean.hintWithAll(entry.name(), known);
  }
}
