package dev.fluke.reconcile.internal.lane;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.internal.connection.AgentConnection;
import dev.fluke.reconcile.internal.connection.ConnectionPool;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.time.Scheduler;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * An agent with its connection, its timers and the state of its tasks. Safe for use by any thread.
 */
public final class ManagedAgent {
  private final Map<String, TaskState> states = new ConcurrentSkipListMap<>();
  private final Scheduler scheduler;
  private final ConnectionPool pool;
  private final boolean joinedLater;
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
   * @param joinedLater whether it joined after the first cycle, so that Fluke knows its whole
   *     history
   */
  public ManagedAgent(Agent agent, Scheduler scheduler, ConnectionPool pool, boolean joinedLater) {
    this.agent = agent;
    this.scheduler = scheduler;
    this.pool = pool;
    this.joinedLater = joinedLater;
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

  /**
   * Takes over a new declaration.
   *
   * @return the old connection, if another transport, shell or path takes its place; close it once
   *     no job uses it
   */
  public Optional<AgentConnection> become(Agent changed) {
    Agent before = agent;
    agent = changed;
    boolean sameConnection =
        before.transport().equals(changed.transport())
            && before.defaultShell().equals(changed.defaultShell())
            && before.path().equals(changed.path());
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
    return states.computeIfAbsent(task, name -> new TaskState(joinedLater || taskIsNew));
  }

  public Map<String, TaskState> states() {
    return states;
  }

  /** Forgets tasks that are no longer declared. */
  public void forgetAllBut(Set<String> tasks) {
    states.keySet().retainAll(tasks);
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
