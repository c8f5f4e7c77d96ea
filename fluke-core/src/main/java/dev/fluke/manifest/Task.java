package dev.fluke.manifest;

import static java.util.Objects.requireNonNull;

import dev.fluke.agent.Names;
import dev.fluke.agent.Selector;
import dev.fluke.executor.Executor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A uniquely named list of steps in order, the agents it is for, and optionally a drift policy.
 * Immutable.
 *
 * <p>It has no JSON form: Jackson, Gson and their like fail on it, or leave out secrets and more.
 */
public final class Task {
  private final String name;
  private final String description;
  private final Selector selector;
  private final @Nullable DriftPolicy policy;
  private final List<Step> steps;

  private Task(
      String name,
      String description,
      Selector selector,
      @Nullable DriftPolicy policy,
      List<Step> steps) {
    this.name = name;
    this.description = description;
    this.selector = selector;
    this.policy = policy;
    this.steps = steps;
  }

  /**
   * Begins a task.
   *
   * @throws IllegalArgumentException if the name is not made of letters, digits and {@code . _ - @
   *     : /} or spaces between them
   */
  public static Builder named(String name) {
    return new Builder(Names.check("task", name), "", null, null, List.of());
  }

  /** Its unique name. */
  public String name() {
    return name;
  }

  /** What it is for; empty if not said. */
  public String description() {
    return description;
  }

  /** The agents it is for. */
  public Selector selector() {
    return selector;
  }

  /** Its own drift policy; empty means the reconciler's default. */
  public Optional<DriftPolicy> policy() {
    return Optional.ofNullable(policy);
  }

  /** Its steps, in order; at least one. */
  public List<Step> steps() {
    return steps;
  }

  /** Its name. */
  @Override
  public String toString() {
    return name;
  }

  /** The parts of a task, in any order; {@link #build()} names every mistake. Immutable. */
  public static final class Builder {
    private final String name;
    private final String description;
    private final @Nullable Selector selector;
    private final @Nullable DriftPolicy policy;
    private final List<Step> steps;

    private Builder(
        String name,
        String description,
        @Nullable Selector selector,
        @Nullable DriftPolicy policy,
        List<Step> steps) {
      this.name = name;
      this.description = description;
      this.selector = selector;
      this.policy = policy;
      this.steps = steps;
    }

    /** What it is for, in a sentence for people. */
    public Builder describedAs(String text) {
      return new Builder(name, requireNonNull(text, "text"), selector, policy, steps);
    }

    /** For these agents. */
    public Builder on(Selector agents) {
      return new Builder(name, description, requireNonNull(agents, "agents"), policy, steps);
    }

    /** Does this on drift, instead of the reconciler's default. */
    public Builder onDrift(DriftPolicy then) {
      return new Builder(name, description, selector, requireNonNull(then, "then"), steps);
    }

    /** Adds a step; the same as {@code step(Step.named(name, executor))}. */
    public Builder step(String stepName, Executor executor) {
      return step(Step.named(stepName, executor));
    }

    /** Adds a step after those that are there. */
    public Builder step(Step step) {
      List<Step> more = new ArrayList<>(steps);
      more.add(requireNonNull(step, "step"));
      return new Builder(name, description, selector, policy, more);
    }

    /**
     * The task.
     *
     * @throws IllegalStateException if a part is missing or wrong; the message names every mistake
     */
    public Task build() {
      List<String> problems = new ArrayList<>();
      if (selector == null) {
        problems.add("no selector; call on(label(...)) or on(everyAgent())");
      }
      if (steps.isEmpty()) {
        problems.add("no step; call step(name, executor)");
      }
      Set<String> seen = new LinkedHashSet<>();
      for (Step step : steps) {
        if (!seen.add(step.name().toLowerCase(Locale.ROOT))) {
          problems.add(
              "two steps named '%s'; step names are unique in a task, case aside"
                  .formatted(step.name()));
        }
      }
      if (selector == null || !problems.isEmpty()) {
        throw new IllegalStateException("task '" + name + "': " + String.join("; ", problems));
      }
      return new Task(name, description, selector, policy, List.copyOf(steps));
    }
  }
}
