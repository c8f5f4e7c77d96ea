package dev.fluke.report;

import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one task ended on one agent in one cycle. Immutable. */
public final class TaskReport {
  private final String agent;
  private final String task;
  private final Outcome outcome;
  private final String reason;
  private final DriftPolicy policy;
  private final @Nullable DriftCause cause;
  private final List<StepReport> steps;
  private final String revision;

  private TaskReport(
      String agent,
      String task,
      Outcome outcome,
      String reason,
      DriftPolicy policy,
      @Nullable DriftCause cause,
      List<StepReport> steps,
      String revision) {
    this.agent = agent;
    this.task = task;
    this.outcome = outcome;
    this.reason = reason;
    this.policy = policy;
    this.cause = cause;
    this.steps = steps;
    this.revision = revision;
  }

  /** Made by the reconciler. */
  public static TaskReport of(
      String agent,
      String task,
      Outcome outcome,
      String reason,
      DriftPolicy policy,
      Optional<DriftCause> cause,
      List<StepReport> steps,
      String revision) {
    return new TaskReport(
        agent, task, outcome, reason, policy, cause.orElse(null), List.copyOf(steps), revision);
  }

  /** The agent's name. */
  public String agent() {
    return agent;
  }

  /** The task's name. */
  public String task() {
    return task;
  }

  /** How it ended. */
  public Outcome outcome() {
    return outcome;
  }

  /** Why it ended so, for people; one line, printable, empty if there is nothing to say. */
  public String reason() {
    return reason;
  }

  /** The drift policy that was in force for it. */
  public DriftPolicy policy() {
    return policy;
  }

  /** Why it had drifted; empty if it had not, or if that is not known. */
  public Optional<DriftCause> cause() {
    return Optional.ofNullable(cause);
  }

  /** Its steps, in order; empty if it was not looked at. */
  public List<StepReport> steps() {
    return steps;
  }

  /**
   * The step of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public StepReport step(String name) {
    return steps.stream()
        .filter(step -> step.step().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no step '" + name + "' in " + this + " " + steps));
  }

  /** The id of the revision it was judged by. */
  public String revision() {
    return revision;
  }

  /** One line for people. */
  @Override
  public String toString() {
    return task
        + " on "
        + agent
        + ": "
        + outcome
        + (cause == null ? "" : " " + cause)
        + (reason.isEmpty() ? "" : " (" + reason + ")");
  }
}
