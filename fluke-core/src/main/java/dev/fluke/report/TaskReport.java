package dev.fluke.report;

import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import java.util.List;
import java.util.Optional;

/**
 * How one task ended on one agent in one cycle.
 *
 * <p>Immutable, so safe for use by any thread.
 */
public final class TaskReport {
  private final String agent;
  private final Declared declared;
  private final End end;
  private final List<StepReport> steps;
  private final String run;
  private final String remark;

  private TaskReport(
      String agent, Declared declared, End end, List<StepReport> steps, String run, String remark) {
    this.agent = agent;
    this.declared = declared;
    this.end = end;
    this.steps = steps;
    this.run = run;
    this.remark = remark;
  }

  /**
   * By what the host was judged. Made by the reconciler.
   *
   * @param task the task's name
   * @param policy the drift policy in force for it
   * @param revision the id of the revision that declares it
   */
  public record Declared(String task, DriftPolicy policy, String revision) {}

  /**
   * How a task ended. Made by the reconciler.
   *
   * @param outcome the outcome
   * @param reason why, on one line for people; may be empty
   * @param cause why the task had drifted, if that is known
   */
  public record End(Outcome outcome, String reason, Optional<DriftCause> cause) {}

  /** Made by the reconciler. */
  public static TaskReport of(String agent, Declared declared, End end, List<StepReport> steps) {
    return new TaskReport(agent, declared, end, List.copyOf(steps), "", "");
  }

  /** The same report, of this run. Made by the reconciler. */
  public TaskReport in(String runId) {
    return new TaskReport(agent, declared, end, steps, runId, remark);
  }

  /** The same report with this remark. Made by the reconciler. */
  public TaskReport remarking(String text) {
    return new TaskReport(agent, declared, end, steps, run, text);
  }

  /** The agent's name. */
  public String agent() {
    return agent;
  }

  /** The task's name. */
  public String task() {
    return declared.task();
  }

  /** How it ended. */
  public Outcome outcome() {
    return end.outcome();
  }

  /** Why it ended so, on one printable line for people; empty if there is nothing to add. */
  public String reason() {
    return end.reason();
  }

  /** The drift policy that was in force for the task. */
  public DriftPolicy policy() {
    return declared.policy();
  }

  /** Why the task had drifted; empty if it had not, or if the cause is not known. */
  public Optional<DriftCause> cause() {
    return end.cause();
  }

  /** Its steps, in order; empty if none of its checks was answered. */
  public List<StepReport> steps() {
    return steps;
  }

  /**
   * The report of the step that has this name.
   *
   * @throws IllegalArgumentException if there is no such step
   */
  public StepReport step(String name) {
    return steps.stream()
        .filter(step -> step.step().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("no step '%s' in %s %s".formatted(name, this, steps)));
  }

  /** The id of the revision that declares the task. */
  public String revision() {
    return declared.revision();
  }

  /**
   * The id of the run in which it ended: a cycle or a manual run, such as {@code m87x2k3p-17}. Each
   * run of each reconciler has another one, also after a restart. {@code Reconciler.output} has
   * what the failed applies of the run printed.
   */
  public String run() {
    return run;
  }

  /**
   * What people should know of the task, whatever its outcome, such as that something undoes it
   * again and again; empty if there is nothing.
   */
  public String remark() {
    return remark;
  }

  /** One line for people. */
  @Override
  public String toString() {
    String cause = cause().map(why -> " " + why).orElse("");
    String reason = reason().isEmpty() ? "" : " (" + reason() + ")";
    String more = remark.isEmpty() ? "" : "; " + remark;
    return task() + " on " + agent + ": " + outcome() + cause + reason + more;
  }
}
