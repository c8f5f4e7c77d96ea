package dev.fluke.report;

import dev.fluke.executor.Difference;
import dev.fluke.manifest.DriftCause;
import dev.fluke.text.Printable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a manual run would do, found by running the checks and applying nothing. Immutable. */
public final class Plan {
  private final List<PlannedTask> tasks;
  private final List<String> notes;
  private final boolean complete;

  private Plan(List<PlannedTask> tasks, List<String> notes, boolean complete) {
    this.tasks = tasks;
    this.notes = notes;
    this.complete = complete;
  }

  /** Made by the reconciler. */
  public static Plan of(List<PlannedTask> tasks, List<String> notes) {
    return new Plan(List.copyOf(tasks), List.copyOf(notes), true);
  }

  /** Made by the reconciler: the same, where not all that is declared was known. */
  public Plan incomplete() {
    return new Plan(tasks, notes, false);
  }

  /** All tasks in scope, by agent in order of names, then by task in order. */
  public List<PlannedTask> tasks() {
    return tasks;
  }

  /** What else is worth knowing, for people. */
  public List<String> notes() {
    return notes;
  }

  /**
   * One task on one agent.
   *
   * @throws IllegalArgumentException if it is not in the plan
   */
  public PlannedTask task(String task, String agent) {
    return tasks.stream()
        .filter(planned -> planned.task().equals(task) && planned.agent().equals(agent))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no task '" + task + "' on '" + agent + "'"));
  }

  /**
   * Whether every source had given a revision when the plan was asked for. If not, there may be
   * tasks that nobody knows of yet; {@link #notes} say why.
   */
  public boolean isComplete() {
    return complete;
  }

  /**
   * Whether nothing would be applied, and nothing is unknown, be it a {@linkplain #isComplete
   * task}.
   */
  public boolean isInSync() {
    return complete
        && tasks.stream()
            .flatMap(task -> task.steps().stream())
            .allMatch(step -> step.verdict() == Verdict.IN_SYNC);
  }

  /** For people: a line for each step, with what differs; below it what has several lines. */
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
            .filter(difference -> difference.found().strip().contains("\n"))
            .flatMap(difference -> difference.found().lines())
            .map(line -> "\n      " + Printable.of(line))
            .collect(Collectors.joining());
    return "\n  " + task.name() + ": " + step + below;
  }

  /** What is known of a step beforehand. */
  public enum Verdict {
    /** As declared: it would be passed over. */
    IN_SYNC,
    /** Not as declared: it would be applied. */
    WOULD_BE_APPLIED,
    /** It can't be told. */
    UNKNOWN,
    /** The agent did not answer, so it can't be told either. */
    UNREACHABLE,
    /** A drifted step stands before it, and may change the answer. */
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
   * One step.
   *
   * @param step its name
   * @param verdict what is known of it
   * @param differences what differs, if it does
   * @param message why it is unknown, if it is
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
            case WOULD_BE_APPLIED -> "would be applied: " + differences;
            case UNKNOWN -> "unknown: " + message;
            case UNREACHABLE -> "unreachable: " + message;
            case NOT_KNOWN_YET -> "not known yet: a drifted step stands before it";
          };
      return step + ": " + how;
    }
  }
}
