package dev.fluke.report;

import dev.fluke.executor.Difference;
import java.util.List;

/**
 * How one step of a task ended.
 *
 * @param step its name
 * @param outcome how it ended
 * @param differences what the first check found different; may be empty
 * @param message why it ended so, on one printable line for people; empty if there is nothing to
 *     add
 * @param output of a failed apply, the head and the tail of what its commands printed, at most 4
 *     KiB on several lines; {@code Reconciler.output} has more of it. Empty if it printed nothing,
 *     or did not fail
 */
public record StepReport(
    String step, StepOutcome outcome, List<Difference> differences, String message, String output) {
  /** The report of a step whose apply printed nothing or did not fail. */
  public StepReport(
      String step, StepOutcome outcome, List<Difference> differences, String message) {
    this(step, outcome, differences, message, "");
  }

  /** Copies the list. */
  public StepReport {
    differences = List.copyOf(differences);
  }

  /** One line for people. */
  @Override
  public String toString() {
    return step + ": " + outcome + (message.isEmpty() ? "" : " (" + message + ")");
  }
}
