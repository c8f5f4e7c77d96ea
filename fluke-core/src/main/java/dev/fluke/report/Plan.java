package dev.fluke.report;

import dev.fluke.executor.Difference;
import dev.fluke.manifest.DriftCause;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a manual run would do. Fluke finds out by running the checks; it applies nothing.
 *
 * <p>{@link #toJson} writes all of it as JSON. Serializers that look for getters or fields, such as
 * Jackson and Gson, leave out parts or fail.
 *
 * <p>Immutable, so safe for use by any thread.
 */
public final class Plan {
  private final List<PlannedTask> tasks;
  private final List<String> notes;
  private final boolean complete;

  private Plan(List<PlannedTask> tasks, List<String> notes, boolean complete) {
    this.tasks = tasks;
    this.notes = notes;
    this.complete = complete;
  }

  /** Made by the reconciler. The plan is {@linkplain #isComplete complete}. */
  public static Plan of(List<PlannedTask> tasks, List<String> notes) {
    return new Plan(List.copyOf(tasks), List.copyOf(notes), true);
  }

  /** The same plan, marked as not {@linkplain #isComplete complete}. Made by the reconciler. */
  public Plan incomplete() {
    return new Plan(tasks, notes, false);
  }

  /** All tasks in scope, sorted by agent name; those of an agent in the order of its tasks. */
  public List<PlannedTask> tasks() {
    return tasks;
  }

  /** Remarks for people, such as that the scope matched nothing. */
  public List<String> notes() {
    return notes;
  }

  /**
   * One task on one agent.
   *
   * @param task the task's name
   * @param agent the agent's name
   * @throws IllegalArgumentException if the plan does not cover it
   */
  public PlannedTask task(String task, String agent) {
    return tasks.stream()
        .filter(planned -> planned.task().equals(task) && planned.agent().equals(agent))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no task '%s' on '%s'".formatted(task, agent)));
  }

  /**
   * Whether every source had given a revision when the plan was made. If not, tasks may be missing,
   * and {@link #notes} say why.
   */
  public boolean isComplete() {
    return complete;
  }

  /**
   * Whether the checks found every step in sync, and the plan is {@linkplain #isComplete complete}.
   */
  public boolean isInSync() {
    return complete
        && tasks.stream()
            .flatMap(task -> task.steps().stream())
            .allMatch(step -> step.verdict() == Verdict.IN_SYNC);
  }

  /**
   * One JSON object on one line:
   *
   * <pre>{@code
   * {"in_sync":false, "complete":true, "notes":[TEXT…],
   *  "tasks":[{"agent":"web-01", "task":"nginx", "cause":"REGRESSED",
   *            "steps":[{"step":"service", "verdict":"WOULD_BE_APPLIED", "message":TEXT,
   *                      "differences":[{"what":"state", "expected":"running", "found":"stopped"}]}]}]}
   * }</pre>
   *
   * <p>What is empty or not known is left out, lists aside. A release may add fields.
   */
  public String toJson() {
    return PlanJson.of(this);
  }

  /**
   * One line for each step, with its differences. Values of several lines follow below their step.
   */
  @Override
  public String toString() {
    String lines =
        tasks.stream()
            .flatMap(task -> task.steps().stream().map(step -> linesOf(task, step)))
            .collect(Collectors.joining());
    String more = notes.stream().map(n -> "\n  note: " + n).collect(Collectors.joining());
    return "plan" + lines + more;
  }

  private static String linesOf(PlannedTask task, PlannedStep step) {
    String below =
        step.differences().stream()
            .flatMap(difference -> difference.lines().stream())
            .map(line -> "\n      " + line)
            .collect(Collectors.joining());
    return "\n  " + task.name() + ": " + step + below;
  }

  /** What a manual run would do with a step. */
  public enum Verdict {
    /** As declared: nothing would be applied. */
    IN_SYNC,
    /** Not as declared: it would be applied. */
    WOULD_BE_APPLIED,
    /** Its check can't say. */
    UNKNOWN,
    /** The agent did not answer. */
    UNREACHABLE,
    /** A step before it has drifted, and applying that may change the answer. */
    NOT_KNOWN_YET
  }

  /**
   * One task on one agent.
   *
   * @param agent the agent's name
   * @param task the task's name
   * @param cause why it has drifted, if it has
   * @param steps its steps, in order
   */
  public record PlannedTask(
      String agent, String task, Optional<DriftCause> cause, List<PlannedStep> steps) {
    /** Copies the list. */
    public PlannedTask {
      steps = List.copyOf(steps);
    }

    private String name() {
      return task + " on " + agent;
    }
  }

  /**
   * One step of a planned task.
   *
   * @param step its name
   * @param verdict what a manual run would do with it
   * @param differences what the check found different; empty if nothing
   * @param message why the step is unknown or unreachable; else empty
   */
  public record PlannedStep(
      String step, Verdict verdict, List<Difference> differences, String message) {
    /** Copies the list. */
    public PlannedStep {
      differences = List.copyOf(differences);
    }

    /** One line for people. */
    @Override
    public String toString() {
      String how =
          switch (verdict) {
            case IN_SYNC -> "in sync";
            case WOULD_BE_APPLIED ->
                "would be applied: " + differences.stream().map(Difference::summary).toList();
            case UNKNOWN -> "unknown: " + message;
            case UNREACHABLE -> "unreachable: " + message;
            case NOT_KNOWN_YET -> "not known yet: a drifted step stands before it";
          };
      return step + ": " + how;
    }
  }
}
