package dev.fluke.reconcile.internal.lane;

import dev.fluke.request.Scope;
import dev.fluke.request.TooManyRunsException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Limits how many manual runs and plans wait, in all and for one agent (rule 23). A run waits until
 * its first agent begins. Safe for use by any thread.
 */
public final class RunLimit {
  /** How many may wait. */
  public static final int IN_ALL = 1_000;

  /** How many that name an agent may wait for it. */
  public static final int OF_AN_AGENT = 64;

  private final Map<String, Integer> ofAgents = new HashMap<>();
  private int inAll;

  /**
   * A run begins to wait.
   *
   * @param agent the agent that it names, if it names one
   * @throws TooManyRunsException if it would be one too many
   */
  public synchronized Waiting enter(Optional<String> agent) {
    if (inAll >= IN_ALL) {
      throw new TooManyRunsException(
          "%,d manual runs and plans wait already; try again later".formatted(IN_ALL));
    }
    if (agent.isPresent() && ofAgents.getOrDefault(agent.get(), 0) >= OF_AN_AGENT) {
      throw tooManyFor(agent.get());
    }
    inAll++;
    agent.ifPresent(name -> ofAgents.merge(name, 1, Integer::sum));
    return new Waiting(agent);
  }

  /** What is said of an agent for which too many wait. */
  public static TooManyRunsException tooManyFor(String agent) {
    return new TooManyRunsException(
        "%d manual runs and plans wait already for agent '%s'; try again later"
            .formatted(OF_AN_AGENT, agent));
  }

  /** Opens a manual run or a plan that counts as waiting until it begins or ends. */
  public <T> CompletableFuture<T> limited(
      Scope scope, Function<Waiting, CompletableFuture<T>> open) {
    Waiting waiting = enter(scope.agent());
    boolean opened = false;
    try {
      CompletableFuture<T> result =
          open.apply(waiting).whenComplete((made, failure) -> waiting.end());
      opened = true;
      return result;
    } finally {
      if (!opened) {
        waiting.end();
      }
    }
  }

  /** A run that waits. */
  public final class Waiting {
    private final Optional<String> agent;
    private boolean over;

    private Waiting(Optional<String> agent) {
      this.agent = agent;
    }

    /** It began, or never will; later calls do nothing. */
    public void end() {
      synchronized (RunLimit.this) {
        if (!over) {
          over = true;
          inAll--;
          agent.ifPresent(
              name -> ofAgents.computeIfPresent(name, (same, n) -> n == 1 ? null : n - 1));
        }
      }
    }
  }
}
