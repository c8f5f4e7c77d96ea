package dev.fluke.agent;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Digestible;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A condition on agents: it says which of them a task is for.
 *
 * <p>Starts with {@link #label}, {@link #agent} or {@link #everyAgent}; {@link #and} adds a
 * condition. Immutable, so safe for use by any thread.
 *
 * <pre>{@code label("role").is("web").and(label("env").in("staging", "production"))}</pre>
 */
public final class Selector implements Digestible {
  /** No name and no value contains it, so that what it parts can't be mistaken. */
  private static final char PARTS = '\n';

  private final String conditions;
  private final Set<String> keys;
  private final Predicate<Agent> condition;

  private Selector(String conditions, Set<String> keys, Predicate<Agent> condition) {
    this.conditions = conditions;
    this.keys = keys;
    this.condition = condition;
  }

  /**
   * Begins a condition on the label that has this key.
   *
   * @throws IllegalArgumentException if the key breaks the rules for names
   */
  public static Label label(String key) {
    return new Label(Names.check("label", key));
  }

  /** Matches every agent. */
  public static Selector everyAgent() {
    return new Selector("every agent", Set.of(), agent -> true);
  }

  /**
   * Matches the agent of this name.
   *
   * @throws IllegalArgumentException if the name breaks the rules for names
   */
  public static Selector agent(String name) {
    Names.check("agent", name);
    return new Selector("agent " + name, Set.of(), agent -> agent.name().equals(name));
  }

  /** Matches the agents that both this and {@code other} match. */
  public Selector and(Selector other) {
    requireNonNull(other, "other");
    Set<String> both = new TreeSet<>(keys);
    both.addAll(other.keys);
    return new Selector(
        conditions + PARTS + "and" + PARTS + other.conditions,
        Set.copyOf(both),
        condition.and(other.condition));
  }

  /** Whether it matches this agent. */
  public boolean matches(Agent agent) {
    return condition.test(agent);
  }

  /** The keys of the labels that it reads; unmodifiable. */
  public Set<String> keys() {
    return keys;
  }

  /** Its conditions, in the order in which they were added. */
  @Override
  public void digestInto(Digest into) {
    into.add(conditions);
  }

  /** Its conditions in words, such as {@code role is web and env in [a, b]}. */
  @Override
  public String toString() {
    return conditions.replace(PARTS, ' ');
  }

  /** The beginning of a condition on one label; each method completes it. Immutable. */
  public static final class Label {
    private final String key;

    private Label(String key) {
      this.key = key;
    }

    /**
     * Matches agents whose label has this value.
     *
     * @param value may be empty
     * @throws IllegalArgumentException if the value breaks the rules for names
     */
    public Selector is(String value) {
      Names.checkLabelValue(key, value);
      return on("is " + value, labels -> value.equals(labels.get(key)));
    }

    /**
     * Matches agents whose label has one of these values.
     *
     * @throws IllegalArgumentException if there is no value, or one breaks the rules for names
     */
    public Selector in(String... values) {
      Set<String> set = setOf(values);
      return on("in " + set, labels -> labels.containsKey(key) && set.contains(labels.get(key)));
    }

    /**
     * Matches agents that have the label with another value than these. An agent without the label
     * does not match.
     *
     * @throws IllegalArgumentException if there is no value, or one breaks the rules for names
     */
    public Selector notIn(String... values) {
      Set<String> set = setOf(values);
      return on(
          "not in " + set, labels -> labels.containsKey(key) && !set.contains(labels.get(key)));
    }

    /** Matches agents that have the label, with any value. */
    public Selector exists() {
      return on("exists", labels -> labels.containsKey(key));
    }

    /** Matches agents that don't have the label. */
    public Selector absent() {
      return on("absent", labels -> !labels.containsKey(key));
    }

    private Selector on(String words, Predicate<Map<String, String>> test) {
      return new Selector(key + PARTS + words, Set.of(key), agent -> test.test(agent.labels()));
    }

    private Set<String> setOf(String... values) {
      if (values.length == 0) {
        throw new IllegalArgumentException(
            "label '%s': no values given; it could match no agent".formatted(key));
      }
      Arrays.stream(values).forEach(value -> Names.checkLabelValue(key, value));
      return new TreeSet<>(Arrays.asList(values));
    }
  }
}
