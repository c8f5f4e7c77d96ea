package dev.fluke.agent;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which agents a task is for.
 *
 * <p>Starts with {@link #label}, {@link #agent} or {@link #everyAgent}; {@link #and} adds a
 * condition. Immutable and safe for use by any thread.
 */
public final class Selector {
  private final String text;
  private final Set<String> keys;
  private final Predicate<Agent> condition;

  private Selector(String text, Set<String> keys, Predicate<Agent> condition) {
    this.text = text;
    this.keys = keys;
    this.condition = condition;
  }

  /** Begins a condition on the label with this key. */
  public static Label label(String key) {
    return new Label(Names.check("label", key));
  }

  /** Every agent there is. */
  public static Selector everyAgent() {
    return new Selector("every agent", Set.of(), agent -> true);
  }

  /** The one agent of this name. */
  public static Selector agent(String name) {
    Names.check("agent", name);
    return new Selector("agent " + name, Set.of(), agent -> agent.name().equals(name));
  }

  /** Agents that fit this and {@code other}. */
  public Selector and(Selector other) {
    requireNonNull(other, "other");
    Set<String> both = new TreeSet<>(keys);
    both.addAll(other.keys);
    return new Selector(
        text + " and " + other.text, Set.copyOf(both), condition.and(other.condition));
  }

  /** Whether the agent is one of them. */
  public boolean matches(Agent agent) {
    return condition.test(agent);
  }

  /** The label keys it looks at; unmodifiable. */
  public Set<String> keys() {
    return keys;
  }

  /** The conditions in words, such as {@code role is web and env in [a, b]}. */
  @Override
  public String toString() {
    return text;
  }

  /** A condition on one label, to be finished by one of its methods. Immutable. */
  public static final class Label {
    private final String key;

    private Label(String key) {
      this.key = key;
    }

    /** The label is there and has this value. */
    public Selector is(String value) {
      Names.checkLabelValue(key, value);
      return on("is " + value, labels -> value.equals(labels.get(key)));
    }

    /**
     * The label is there and has one of these values.
     *
     * @throws IllegalArgumentException if no value is given
     */
    public Selector in(String... values) {
      Set<String> set = setOf(values);
      return on("in " + set, labels -> labels.containsKey(key) && set.contains(labels.get(key)));
    }

    /**
     * The label is there and has none of these values.
     *
     * @throws IllegalArgumentException if no value is given
     */
    public Selector notIn(String... values) {
      Set<String> set = setOf(values);
      return on(
          "not in " + set, labels -> labels.containsKey(key) && !set.contains(labels.get(key)));
    }

    /** The label is there, whatever its value. */
    public Selector exists() {
      return on("exists", labels -> labels.containsKey(key));
    }

    /** There is no such label. */
    public Selector absent() {
      return on("absent", labels -> !labels.containsKey(key));
    }

    private Selector on(String words, Predicate<Map<String, String>> test) {
      return new Selector(key + " " + words, Set.of(key), agent -> test.test(agent.labels()));
    }

    private Set<String> setOf(String... values) {
      if (values.length == 0) {
        throw new IllegalArgumentException(
            "label '" + key + "': no values given; it could match no agent");
      }
      Arrays.stream(values).forEach(value -> Names.checkLabelValue(key, value));
      return new TreeSet<>(Arrays.asList(values));
    }
  }
}
