package dev.fluke.guard;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import java.time.Instant;
import java.util.Optional;

/**
 * What a guard decides from: a drifted task on an agent, and what is known of it. Immutable.
 *
 * @param agent the agent, as it is declared now
 * @param task the task that drifted
 * @param policy its drift policy, or the default
 * @param history what is remembered of the task on this agent
 * @param fleet how far this declaration of the task has come on all agents
 * @param run what opened the cycle
 * @param now the wall clock
 */
public record GuardInput(
    Agent agent,
    Task task,
    DriftPolicy policy,
    History history,
    Fleet fleet,
    Run run,
    Instant now) {

  /**
   * What is remembered of the task on this agent.
   *
   * @param cause why it drifted
   * @param failures how many applies failed in a row
   * @param heldUntil until when the back-off holds applies back; empty if it does not
   */
  public record History(Optional<DriftCause> cause, int failures, Optional<Instant> heldUntil) {}

  /**
   * How far the declaration of the task has come on all agents of this reconciler, since it was
   * first applied.
   *
   * @param applying on how many agents it is being applied now
   * @param applied on how many agents it was applied and verified
   * @param failed how many of its applies failed
   */
  public record Fleet(int applying, int applied, int failed) {
    /** Nothing was applied yet. */
    public static final Fleet NONE = new Fleet(0, 0, 0);
  }

  /** What opened the cycle. */
  public enum Run {
    /** A trigger of the loop: its interval, a new revision, an application's call. */
    AUTOMATIC,
    /** A person, with a manual run. */
    MANUAL,
    /** A plan, which applies nothing. */
    PLAN
  }
}
