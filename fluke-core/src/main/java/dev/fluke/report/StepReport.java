package dev.fluke.report;

import dev.fluke.executor.Difference;
import java.util.List;

/**
 * How one step ended.
 *
 * @param step its name
 * @param outcome how it ended
 * @param differences what was found different at first; empty if nothing was
 * @param message why it ended so, for people; one line, printable, empty if there is nothing to say
 */
public record StepReport(
    String step, StepOutcome outcome, List<Difference> differences, String message) {
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
