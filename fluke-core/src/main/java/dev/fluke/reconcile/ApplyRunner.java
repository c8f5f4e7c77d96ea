package dev.fluke.reconcile;

import dev.fluke.command.Command;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.executor.CheckResult;
import dev.fluke.report.Outcome;
import dev.fluke.report.StepOutcome;
import dev.fluke.text.ErrorText;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs the steps of a drifted task in order: each applied at most once, then verified. */
final class ApplyRunner {
  private final HostAccess errand;
  private final CheckRunner checks;
  private final Duration freshness;

  ApplyRunner(HostAccess errand, CheckRunner checks, Duration freshness) {
    this.errand = errand;
    this.checks = checks;
    this.freshness = freshness;
  }

  /**
   * Runs them, and ends the task.
   *
   * @param forced whether steps in sync are applied, too
   */
  void run(TaskRun task, boolean forced) {
    boolean stopped = false;
    for (StepRun run : task.steps) {
      if (stopped || errand.isCancelled()) {
        run.end(StepOutcome.NOT_RUN, "");
        continue;
      }
      if (!run.isFresh(errand.now(), errand.applies(), freshness)) {
        checks.ask(task, run);
      }
      if (run.isDrifted() || (forced && run.isInSync())) {
        apply(task, run);
      }
      stopped = run.stopsOthers() || errand.isCut() || task.hasEnded();
    }
    if (!task.hasEnded()) {
      task.end(task.fromSteps(), task.firstProblem());
    }
  }

  private void apply(TaskRun task, StepRun run) {
    CheckResult before = run.latest();
    ExecutorHost host = errand.hostForApply(run);
    String what = "the apply of step '" + run.step.name() + "' of task '" + task.task.name() + "'";
    String failure = null;
    errand.workingOn(task);
    try {
      errand.apply(what, run.applyLimit, host, run.step.executor()::apply);
    } catch (Throwable t) {
      failure = ErrorText.of(t, run.mask::hide);
    }
    host.over();
    Answer.None lost = host.lost();
    if (lost == null || lost.reason() != Answer.Reason.LOCKED) {
      task.applied();
    }
    if (lost != null) {
      endWithout(task, run, lost, failure);
    } else if (failure != null) {
      run.end(StepOutcome.FAILED, failure);
    } else {
      verify(task, run, before, host.commands());
    }
  }

  /**
   * A command of the apply has no result: that decides, whatever the executor made of it. It may
   * say more, such as a way out, but not less.
   */
  private static void endWithout(
      TaskRun task, StepRun run, Answer.None lost, @Nullable String failure) {
    String why = failure != null && failure.contains(lost.why()) ? failure : lost.why();
    switch (lost.reason()) {
      case NOT_BEGUN, KILLED, CONNECTION_LOST, TOO_MUCH_OUTPUT -> run.end(StepOutcome.FAILED, why);
      case END_NOT_KNOWN, GARBLED ->
          run.endNotKnown("the end of the apply is not known: " + lost.why());
      case LOCKED -> {
        run.end(StepOutcome.NOT_RUN, lost.why());
        task.end(Outcome.SKIPPED, "an earlier apply still runs: " + lost.why());
      }
    }
  }

  /** Rule 17: still drifted, also after the settle time and on a fresh connection. */
  private void verify(TaskRun task, StepRun run, CheckResult before, String applied) {
    checks.ask(task, run);
    if (run.isDrifted() && !run.step.executor().settleTime().isZero()) {
      pause(run.step.executor().settleTime());
      checks.ask(task, run);
    }
    if (run.isDrifted() && errand.link().isOpen()) {
      errand.link().end();
      checks.ask(task, run);
    }
    if (run.latest() instanceof CheckResult.Drifted after) {
      run.end(StepOutcome.NON_CONVERGENT, suspect(run, before, after, applied));
    } else if (run.isInSync()) {
      run.end(StepOutcome.APPLIED, "");
    } else {
      run.end(StepOutcome.UNKNOWN, "after its apply: " + run.latest());
    }
  }

  private void pause(Duration time) {
    try {
      errand.pause(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Found unchanged, the apply did nothing; found changed, the check looks at something else. */
  private static String suspect(
      StepRun run, CheckResult before, CheckResult.Drifted after, String applied) {
    boolean unchanged =
        before instanceof CheckResult.Drifted drifted
            && drifted.differences().equals(after.differences());
    String doubt = after.doubt().orElse("");
    String suspect;
    if (!unchanged) {
      suspect = "suspect the check: the apply changed something, and the check still fails";
    } else if (!doubt.isEmpty()) {
      suspect = "suspect the check: " + doubt;
    } else {
      suspect = "suspect the apply: what the check finds did not change";
    }
    return "applied without error, but still drifted; "
        + suspect
        + "; check: "
        + checkText(run)
        + (applied.isEmpty() ? "" : "; apply: " + applied)
        + "; before: "
        + before
        + "; after: "
        + after;
  }

  private static String checkText(StepRun run) {
    if (run.step.executor() instanceof BatchedCheck check) {
      return check.checkCommands().stream()
          .map(Command::toString)
          .collect(Collectors.joining("; "));
    }
    return run.step.executor().getClass().getSimpleName();
  }
}
