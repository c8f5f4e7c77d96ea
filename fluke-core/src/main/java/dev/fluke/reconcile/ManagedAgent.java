package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.time.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** An agent as the loop keeps it: its link, its lane, its timer, and what is remembered of it. */
final class ManagedAgent {
  private final Map<String, TaskState> memories = new ConcurrentSkipListMap<>();
  private final Lane lane;
  private final boolean sinceItCame;
  private volatile Agent agent;
  private volatile AgentConnection link;
  private volatile boolean removed;
  private volatile boolean seenUnreachable;
  private volatile boolean asked;
  private Scheduler.@Nullable Timer pollTimer;
  private Scheduler.@Nullable Timer retryTimer;

  /**
   * Begins to manage an agent.
   *
   * @param sinceItCame whether it joined while the loop ran: memory then reaches back far enough
   */
  ManagedAgent(
      Agent agent, Lane lane, Scheduler scheduler, ConnectionPool links, boolean sinceItCame) {
    this.agent = agent;
    this.lane = lane;
    this.sinceItCame = sinceItCame;
    this.link = new AgentConnection(agent, scheduler, links);
  }

  String name() {
    return agent.name();
  }

  Agent agent() {
    return agent;
  }

  Lane lane() {
    return lane;
  }

  AgentConnection link() {
    return link;
  }

  /** Takes over new labels and settings; a new way to reach its host ends the old connection. */
  void becomes(Agent changed, Scheduler scheduler, ConnectionPool links) {
    Agent before = agent;
    agent = changed;
    boolean sameWay =
        before.transport().equals(changed.transport())
            && before.defaultShell().equals(changed.defaultShell())
            && before.path().equals(changed.path());
    if (!sameWay) {
      AgentConnection old = link;
      link = new AgentConnection(changed, scheduler, links);
      asked = false;
      old.close();
    }
  }

  /**
   * What is remembered of a task here.
   *
   * @param taskIsNew whether the task joined while the loop ran
   */
  TaskState memory(String task, boolean taskIsNew) {
    return memories.computeIfAbsent(task, name -> new TaskState(sinceItCame || taskIsNew));
  }

  Map<String, TaskState> memories() {
    return memories;
  }

  /** Forgets tasks that are gone. */
  void forgetAllBut(Set<String> tasks) {
    memories.keySet().retainAll(tasks);
  }

  void removed() {
    removed = true;
    setPollTimer(null);
    setRetryTimer(null);
  }

  boolean isRemoved() {
    return removed;
  }

  boolean wasAsked() {
    return asked;
  }

  /** It was asked for these; for none, it was not asked. */
  void asked(List<TaskRun> tasks) {
    if (!tasks.isEmpty()) {
      asked = true;
    }
  }

  /** Notes whether it is unreachable; true if that is news. */
  boolean isNewsThatUnreachable(boolean unreachable) {
    boolean news = unreachable != seenUnreachable;
    seenUnreachable = unreachable;
    return news;
  }

  synchronized void setPollTimer(Scheduler.@Nullable Timer timer) {
    if (pollTimer != null) {
      pollTimer.cancel();
    }
    pollTimer = timer;
  }

  synchronized void setRetryTimer(Scheduler.@Nullable Timer timer) {
    if (retryTimer != null) {
      retryTimer.cancel();
    }
    retryTimer = timer;
  }
}
