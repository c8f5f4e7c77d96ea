package dev.fluke.reconcile.internal.guards;

import dev.fluke.guard.Decision;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the guards say about a drifted task: those that leave it alone, in their order. Immutable.
 */
public record GuardAnswers(List<Left> left) {
  /** No guard leaves it alone. */
  public static final GuardAnswers ALL_APPLY = new GuardAnswers(List.of());

  public GuardAnswers {
    left = List.copyOf(left);
  }

  /**
   * A guard that leaves the task alone.
   *
   * @param bypassed how the report of a manual run names it
   * @param bindsManualRuns whether manual runs obey it, too
   */
  public record Left(Decision.LeaveAlone decision, String bypassed, boolean bindsManualRuns) {}

  public GuardAnswers and(GuardAnswers more) {
    return new GuardAnswers(Stream.concat(left.stream(), more.left.stream()).toList());
  }

  /** Only those that a manual run obeys. */
  public GuardAnswers ofManualRun() {
    return new GuardAnswers(left.stream().filter(Left::bindsManualRuns).toList());
  }

  /** The decision: the first guard that leaves the task alone, or to apply it. */
  public Decision decision() {
    return left.isEmpty() ? Decision.apply() : left.get(0).decision();
  }

  /** Whether the task may be applied. */
  public boolean allow() {
    return left.isEmpty();
  }

  /** Why the task is not applied, for its report; empty if it may be. */
  public String reason() {
    return left.isEmpty() ? "" : left.get(0).decision().reason();
  }

  /** What becomes of the drift, for events and alerts. */
  public String remediationStatus() {
    if (left.stream().anyMatch(each -> each.decision().by().equals(PolicyGuard.NAME))) {
      return "pending_manual";
    }
    return left.isEmpty() ? "in_progress" : "held";
  }

  /** What a manual run bypasses, for its report; empty if nothing. */
  public String bypassed() {
    List<String> names =
        left.stream().filter(each -> !each.bindsManualRuns()).map(Left::bypassed).toList();
    return names.isEmpty()
        ? ""
        : names.stream().collect(Collectors.joining(" and ", "bypassed ", ""));
  }
}
