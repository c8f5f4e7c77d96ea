package dev.fluke.reconcile.internal.cycle;

import dev.fluke.executor.CheckResult;
import dev.fluke.text.Printable;

/** Says whether to suspect the check or the apply of a step that its apply left drifted. */
final class NonConvergence {
  private static final int LONGEST = 300; // of a script, in characters

  private NonConvergence() {}

  /**
   * The message.
   *
   * @param check the check's commands, or the name of its executor's class
   * @param before what the check found before the apply
   * @param applied the commands that the apply ran; empty if it ran none
   */
  static String of(String check, CheckResult before, CheckResult.Drifted after, String applied) {
    return "applied without error, but still drifted; %s; check: %s%s; before: %s; after: %s"
        .formatted(
            suspect(before, after),
            Printable.shortened(check, LONGEST),
            applied.isEmpty() ? "" : "; apply: " + Printable.shortened(applied, LONGEST),
            before,
            after);
  }

  /** If the finding is unchanged, the apply did nothing; else the check tests something else. */
  private static String suspect(CheckResult before, CheckResult.Drifted after) {
    boolean unchanged =
        before instanceof CheckResult.Drifted drifted
            && drifted.differences().equals(after.differences());
    if (!unchanged) {
      return "suspect the check: the apply changed something, and the check still fails";
    }
    return after
        .doubt()
        .map(doubt -> "suspect the check: " + doubt)
        .orElse("suspect the apply: what the check finds did not change");
  }
}
