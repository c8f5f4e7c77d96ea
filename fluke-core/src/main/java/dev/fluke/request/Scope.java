package dev.fluke.request;

import dev.fluke.agent.Names;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a plan or manual run covers: a task, an agent, one on the other, or all. Immutable. */
public final class Scope {
  private final @Nullable String task;
  private final @Nullable String agent;

  private Scope(@Nullable String task, @Nullable String agent) {
    this.task = task;
    this.agent = agent;
  }

  /** Every task on every agent it is for. */
  public static Scope all() {
    return new Scope(null, null);
  }

  /** This task on every agent it is for. */
  public static Scope task(String name) {
    return new Scope(Names.check("task", name), null);
  }

  /** Every task that is for this agent. */
  public static Scope agent(String name) {
    return new Scope(null, Names.check("agent", name));
  }

  /** The same on this agent alone. */
  public Scope on(String agentName) {
    return new Scope(task, Names.check("agent", agentName));
  }

  /** The task's name; empty for every task. */
  public Optional<String> task() {
    return Optional.ofNullable(task);
  }

  /** The agent's name; empty for every agent. */
  public Optional<String> agent() {
    return Optional.ofNullable(agent);
  }

  public boolean coversTask(String name) {
    return task == null || task.equals(name);
  }

  /** As one would type it: {@code task nginx on web-01}, {@code agent web-01}, {@code all}. */
  @Override
  public String toString() {
    if (task == null) {
      return agent == null ? "all" : "agent " + agent;
    }
    return "task " + task + (agent == null ? "" : " on " + agent);
  }
}
