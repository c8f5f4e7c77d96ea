package dev.fluke.request;

import dev.fluke.agent.Names;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a plan or a manual run covers: all, a task, an agent, or a task on an agent. Immutable, so
 * safe for use by any thread.
 */
public final class Scope {
  private final @Nullable String task;
  private final @Nullable String agent;

  private Scope(@Nullable String task, @Nullable String agent) {
    this.task = task;
    this.agent = agent;
  }

  /** Every task on every agent that its selector matches. */
  public static Scope all() {
    return new Scope(null, null);
  }

  /**
   * This task on every agent that its selector matches.
   *
   * @throws IllegalArgumentException if the name breaks the rules for names
   */
  public static Scope task(String name) {
    return new Scope(Names.check("task", name), null);
  }

  /**
   * Every task whose selector matches this agent.
   *
   * @throws IllegalArgumentException if the name breaks the rules for names
   */
  public static Scope agent(String name) {
    return new Scope(null, Names.check("agent", name));
  }

  /**
   * The same scope on this agent alone.
   *
   * @throws IllegalArgumentException if the name breaks the rules for names
   */
  public Scope on(String agentName) {
    return new Scope(task, Names.check("agent", agentName));
  }

  /** The task's name; empty if it covers every task. */
  public Optional<String> task() {
    return Optional.ofNullable(task);
  }

  /** The agent's name; empty if it covers every agent. */
  public Optional<String> agent() {
    return Optional.ofNullable(agent);
  }

  /** Whether it covers the task that has this name. */
  public boolean coversTask(String name) {
    return task == null || task.equals(name);
  }

  /** In words: {@code task nginx on web-01}, {@code agent web-01}, {@code all}. */
  @Override
  public String toString() {
    if (task == null) {
      return agent == null ? "all" : "agent " + agent;
    }
    return "task " + task + (agent == null ? "" : " on " + agent);
  }
}
