package dev.fluke.request;

import static java.util.Objects.requireNonNull;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Names;
import dev.fluke.agent.Selector;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a plan or a manual run covers: all, a task, an agent, the agents that a selector matches, or
 * a task on some of them. Immutable, so safe for use by any thread.
 */
public final class Scope {
  private final @Nullable String task;
  private final @Nullable String agent;
  private final @Nullable Selector selector;

  private Scope(@Nullable String task, @Nullable String agent, @Nullable Selector selector) {
    this.task = task;
    this.agent = agent;
    this.selector = selector;
  }

  /** Every task on every agent that its selector matches. */
  public static Scope all() {
    return new Scope(null, null, null);
  }

  /**
   * This task on every agent that its selector matches.
   *
   * @throws IllegalArgumentException if the name breaks the rules for names
   */
  public static Scope task(String name) {
    return new Scope(Names.check("task", name), null, null);
  }

  /**
   * Every task whose selector matches this agent.
   *
   * @throws IllegalArgumentException if the name breaks the rules for names
   */
  public static Scope agent(String name) {
    return new Scope(null, Names.check("agent", name), null);
  }

  /** Every task on the agents that both this selector and the task's own match. */
  public static Scope selector(Selector agents) {
    return new Scope(null, null, requireNonNull(agents, "agents"));
  }

  /**
   * The same scope on this agent alone.
   *
   * @throws IllegalArgumentException if the name breaks the rules for names
   */
  public Scope on(String agentName) {
    return new Scope(task, Names.check("agent", agentName), selector);
  }

  /** The same scope on those of its agents that this selector matches. */
  public Scope on(Selector agents) {
    requireNonNull(agents, "agents");
    return new Scope(task, agent, selector == null ? agents : selector.and(agents));
  }

  /** The task's name; empty if it covers every task. */
  public Optional<String> task() {
    return Optional.ofNullable(task);
  }

  /** The agent's name; empty if it names none. */
  public Optional<String> agent() {
    return Optional.ofNullable(agent);
  }

  /** The condition on its agents; empty if it has none. */
  public Optional<Selector> selector() {
    return Optional.ofNullable(selector);
  }

  /** Whether it covers the task that has this name. */
  public boolean coversTask(String name) {
    return task == null || task.equals(name);
  }

  /** Whether it covers this agent. */
  public boolean coversAgent(Agent declared) {
    return (agent == null || agent.equals(declared.name()))
        && (selector == null || selector.matches(declared));
  }

  /**
   * In words: {@code task nginx on web-01}, {@code agent web-01}, {@code task nginx on agents where
   * role is web}, {@code all}.
   */
  @Override
  public String toString() {
    String where = selector == null ? "" : "where " + selector;
    if (task == null && agent == null) {
      return selector == null ? "all" : "agents " + where;
    }
    if (agent != null) {
      String on = task == null ? "agent " + agent : "task " + task + " on " + agent;
      return selector == null ? on : on + " " + where;
    }
    return "task " + task + (selector == null ? "" : " on agents " + where);
  }
}
