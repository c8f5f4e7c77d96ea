package dev.fluke.agent;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Digestible;
import dev.fluke.text.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A condition on agents: it says which of them a task is for.
 *
 * <p>Starts with {@link #label}, {@link #agent} or {@link #everyAgent}; {@link #and} adds a
 * condition. Immutable, so safe for use by any thread.
 *
 * <pre>{@code label("role").is("web").and(label("env").in("staging", "production"))}</pre>
 */
public final class Selector implements Digestible {
  private final List<Condition> conditions;

  private Selector(List<Condition> conditions) {
    this.conditions = conditions;
  }

  private static Selector of(
      String text, List<String> keys, Predicate<Agent> test, List<Object> parts) {
    return new Selector(List.of(new Condition(text, keys, test, parts)));
  }

  /** One condition; {@code parts} is what it consists of, for digests. */
  private record Condition(
      String text, List<String> keys, Predicate<Agent> test, List<Object> parts) {}

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
    return of("every agent", List.of(), agent -> true, List.of());
  }

  /**
   * Matches the agent of this name.
   *
   * @throws IllegalArgumentException if the name breaks the rules for names
   */
  public static Selector agent(String name) {
    Names.check("agent", name);
    return of(
        "agent " + name, List.of(), agent -> agent.name().equals(name), List.of("agent", name));
  }

  /**
   * Matches the agents that both this and {@code other} match.
   *
   * @throws IllegalArgumentException if both together have more than 100 conditions
   */
  public Selector and(Selector other) {
    int both = conditions.size() + requireNonNull(other, "other").conditions.size();
    if (both > Limits.CONDITIONS) {
      throw new IllegalArgumentException(
          "a selector has %d conditions, at most %d are allowed"
              .formatted(both, Limits.CONDITIONS));
    }
    List<Condition> all = new ArrayList<>(conditions);
    all.addAll(other.conditions);
    return new Selector(List.copyOf(all));
  }

  /** Whether it matches this agent. */
  public boolean matches(Agent agent) {
    for (Condition condition : conditions) {
      if (!condition.test().test(agent)) {
        return false;
      }
    }
    return true;
  }

  /** The keys of the labels that it reads; unmodifiable. */
  public Set<String> keys() {
    return conditions.stream()
        .flatMap(condition -> condition.keys().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Its conditions, in the order in which they were added. */
  @Override
  public void digestInto(Digest into) {
    into.add(conditions.stream().map(Condition::parts).toList());
  }

  /** Its conditions in words, such as {@code role is web and env in [a, b]}. */
  @Override
  public String toString() {
    return conditions.stream().map(Condition::text).collect(Collectors.joining(" and "));
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
      return on("is " + value, value, labels -> value.equals(labels.get(key)));
    }

    /**
     * Matches agents whose label has one of these values.
     *
     * @throws IllegalArgumentException if there is no value, there are more than 1,000, or one
     *     breaks the rules for names
     */
    public Selector in(String... values) {
      Set<String> set = setOf(values);
      return on(
          "in " + set, set, labels -> labels.containsKey(key) && set.contains(labels.get(key)));
    }

    /**
     * Matches agents that have the label with another value than these. An agent without the label
     * does not match.
     *
     * @throws IllegalArgumentException if there is no value, there are more than 1,000, or one
     *     breaks the rules for names
     */
    public Selector notIn(String... values) {
      Set<String> set = setOf(values);
      return on(
          "not in " + set,
          set,
          labels -> labels.containsKey(key) && !set.contains(labels.get(key)));
    }

    /** Matches agents that have the label, with any value. */
    public Selector exists() {
      return on("exists", "", labels -> labels.containsKey(key));
    }

    /** Matches agents that don't have the label. */
    public Selector absent() {
      return on("absent", "", labels -> !labels.containsKey(key));
    }

    private Selector on(String words, Object wanted, Predicate<Map<String, String>> test) {
      return of(
          key + " " + words,
          List.of(key),
          agent -> test.test(agent.labels()),
          List.of(key, words, wanted));
    }

    private Set<String> setOf(String... values) {
      if (values.length == 0) {
        throw new IllegalArgumentException(
            "label '%s': no values given; it could match no agent".formatted(key));
      }
      if (values.length > Limits.CONDITION_VALUES) {
        throw new IllegalArgumentException(
            "label '%s': %d values given, at most %d are allowed"
                .formatted(key, values.length, Limits.CONDITION_VALUES));
      }
      Arrays.stream(values).forEach(value -> Names.checkLabelValue(key, value));
      return new TreeSet<>(Arrays.asList(values));
    }
  }
}
