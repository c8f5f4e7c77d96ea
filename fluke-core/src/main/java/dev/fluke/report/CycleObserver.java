package dev.fluke.report;

import dev.fluke.executor.CheckResult;
import java.time.Duration;

/**
 * Observes the work of cycles: each check, each apply, and how each task and each cycle ends. For
 * metrics, traces and records of an application. Users implement the methods that they need; each
 * does nothing by default.
 *
 * <pre>{@code
 * record Applies(MeterRegistry meters) implements CycleObserver {
 *   public void applied(AppliedStep step) {
 *     meters.timer("apply", "task", step.step().task()).record(step.took());
 *   }
 * }
 * }</pre>
 *
 * <p>Each end is given once, as an immutable value in which secrets are masked. Each observer has a
 * queue of its own. One of Fluke's threads calls it with one value at a time, in the order in which
 * things happened. An observer can neither stop nor delay the loop: Fluke logs what it throws; when
 * its queue is full, the oldest values are dropped and counted. Its methods may block, but must not
 * wait for the reconciler, such as for a plan or a manual run.
 */
public interface CycleObserver {

  /** A check ended; also one that was asked again, and one of a plan. */
  default void checked(CheckedStep step) throws Exception {}

  /** The apply of a step ended, and was verified if it succeeded. */
  default void applied(AppliedStep step) throws Exception {}

  /** A task ended on an agent: once for each task, agent and cycle. */
  default void ended(EndedTask task) throws Exception {}

  /** A cycle or a manual run ended on all its agents. A plan has no report, so it is left out. */
  default void cycleEnded(CycleReport report) throws Exception {}

  /**
   * Which step, where and when.
   *
   * @param cycle the number of the cycle, or of the plan
   * @param agent the agent's name
   * @param task the task's name
   * @param step the step's name
   */
  record StepInCycle(long cycle, String agent, String task, String step) {}

  /**
   * One check.
   *
   * @param step which step was checked
   * @param result what the check found
   * @param took how long its commands took, or its code if it is not made of commands; for a check
   *     whose commands have no result, the time until that was known
   */
  record CheckedStep(StepInCycle step, CheckResult result, Duration took) {}

  /**
   * One apply.
   *
   * @param step which step was applied
   * @param outcome how it ended: {@code APPLIED}, {@code FAILED}, {@code NON_CONVERGENT} or {@code
   *     UNKNOWN}
   * @param message why it ended so, on one printable line for people; empty if there is nothing to
   *     add
   * @param took how long the apply took, without the checks after it
   */
  record AppliedStep(StepInCycle step, StepOutcome outcome, String message, Duration took) {}
}
