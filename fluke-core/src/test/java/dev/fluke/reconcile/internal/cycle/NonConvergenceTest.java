package dev.fluke.reconcile.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.executor.CheckResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which of check and apply is the suspect when a step is still drifted after its apply. */
@Tag("rule-17")
class NonConvergenceTest {
  private static final String PROBED = "Probe";
  private static final String COMMAND = "pgrep nginx";

  @Test
  void suspectsTheApplyWhenItChangedNothing() {
    assertThat(
            NonConvergence.of(
                COMMAND, Probe.drifted("stopped"), Probe.drifted("stopped"), "start nginx"))
        .isEqualTo(
            "applied without error, but still drifted; suspect the apply: what the check finds did not change; check: pgrep nginx; apply: start nginx; before: state should be 'running', is 'stopped'; after: state should be 'running', is 'stopped'");
  }

  @Test
  void suspectsTheCheckWhenTheApplyChangedSomething() {
    assertThat(NonConvergence.of(PROBED, Probe.drifted("stopped"), Probe.drifted("starting"), ""))
        .isEqualTo(
            "applied without error, but still drifted; suspect the check: the apply changed something, and the check still fails; check: Probe; before: state should be 'running', is 'stopped'; after: state should be 'running', is 'starting'");
  }

  @Test
  void suspectsTheCheckWhenItCouldNotTellBefore() {
    assertThat(
            NonConvergence.of(
                PROBED, CheckResult.unknown("no answer"), Probe.drifted("stopped"), ""))
        .contains("suspect the check: the apply changed something");
  }

  @Test
  void suspectsACheckThatDoubtsItself() {
    CheckResult.Drifted doubtful = Probe.drifted("").doubting("command not found");

    assertThat(NonConvergence.of(PROBED, doubtful, doubtful, ""))
        .contains("; suspect the check: command not found; ");
  }
}
