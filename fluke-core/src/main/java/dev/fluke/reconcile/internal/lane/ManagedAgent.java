package dev.fluke.reconcile.internal.lane;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.internal.connection.AgentConnection;
import dev.fluke.reconcile.internal.connection.ConnectionPool;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.reconcile.internal.memory.TaskStates;
import dev.fluke.time.Scheduler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An agent with its connection, its timers and the state of its tasks. Safe for use by any thread.
 */
public final class ManagedAgent {
  private final TaskStates states;
  private final Scheduler scheduler;
  private final ConnectionPool pool;
  private volatile Agent agent;
  private volatile AgentConnection connection;
  private volatile boolean removed;
  private volatile boolean seenUnreachable;
  private volatile boolean checked;
  private Scheduler.@Nullable Timer pollTimer;
  private Scheduler.@Nullable Timer retryTimer;

  /**
   * Begins to manage an agent.
   *
   * @param states what is remembered of its tasks
   */
  public ManagedAgent(Agent agent, Scheduler scheduler, ConnectionPool pool, TaskStates states) {
    this.agent = agent;
    this.states = states;
    this.scheduler = scheduler;
    this.pool = pool;
    this.connection = new AgentConnection(agent, scheduler, pool);
  }

  public String name() {
    return agent.name();
  }

  /** Its current declaration. */
  public Agent agent() {
    return agent;
  }

  public AgentConnection connection() {
    return connection;
  }

  /** Whether the agent is declared exactly so. Calls no code of the transport. */
  public boolean isDeclaredAs(Agent other) {
    return isReachedBy(other) && agent.equals(other);
  }

  private boolean isReachedBy(Agent other) {
    return agent.transport().orElse(null) == other.transport().orElse(null);
  }

  /**
   * Takes over a new declaration.
   *
   * @return the old connection, if another transport, shell or path takes its place; close it once
   *     no job uses it
   */
  public Optional<AgentConnection> become(Agent changed) {
    Agent before = agent;
    boolean sameConnection =
        isReachedBy(changed)
            && before.defaultShell().equals(changed.defaultShell())
            && before.path().equals(changed.path());
    agent = changed;
    if (sameConnection) {
      return Optional.empty();
    }
    AgentConnection old = connection;
    connection = new AgentConnection(changed, scheduler, pool);
    checked = false;
    return Optional.of(old);
  }

  /**
   * The state of a task on this agent.
   *
   * @param taskIsNew whether the task came with a later revision than the first
   */
  public TaskState state(String task, boolean taskIsNew) {
    return states.of(task, taskIsNew);
  }

  /** What is remembered of its tasks. */
  public TaskStates states() {
    return states;
  }

  public void removed() {
    removed = true;
    stopTimers();
  }

  public boolean isRemoved() {
    return removed;
  }

  /** Whether a check ran since its connection was last replaced. */
  public boolean wasChecked() {
    return checked;
  }

  public void checked() {
    checked = true;
  }

  /** Notes whether it is unreachable; true if that changed. */
  public boolean isNewsThatUnreachable(boolean unreachable) {
    boolean news = unreachable != seenUnreachable;
    seenUnreachable = unreachable;
    return news;
  }

  public synchronized void setPollTimer(Scheduler.@Nullable Timer timer) {
    if (pollTimer != null) {
      pollTimer.cancel();
    }
    pollTimer = timer;
  }

  public synchronized void setRetryTimer(Scheduler.@Nullable Timer timer) {
    if (retryTimer != null) {
      retryTimer.cancel();
    }
    retryTimer = timer;
  }

  public void stopTimers() {
    setPollTimer(null);
    setRetryTimer(null);
  }
}
