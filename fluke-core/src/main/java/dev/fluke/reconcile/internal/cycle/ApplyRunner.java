package dev.fluke.reconcile.internal.cycle;

import dev.fluke.executor.CheckResult;
import dev.fluke.reconcile.internal.connection.ExecutorHost;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.report.StepOutcome;
import dev.fluke.text.ErrorText;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the steps of a drifted task in order. It applies each at most once, then verifies it. */
final class ApplyRunner {
  private final HostAccess access;
  private final CheckRunner checks;
  private final CurrentTask current;
  private final StepEnds ends;

  ApplyRunner(HostAccess access, CheckRunner checks, CurrentTask current) {
    this.access = access;
    this.checks = checks;
    this.current = current;
    this.ends = checks.ends();
  }

  /**
   * Runs them.
   *
   * @param forced whether steps in sync are applied, too
   * @return how the task ends
   */
  TaskEnd run(TaskRun task, boolean forced) {
    Optional<TaskEnd> locked = Optional.empty();
    boolean stopped = false;
    for (StepRun run : task.steps) {
      if (stopped || access.isCancelled()) {
        run.end(StepOutcome.NOT_RUN, "");
        continue;
      }
      if (!run.isFresh(access)) {
        checks.check(task, run);
      }
      if (run.isDrifted() || (forced && run.isInSync())) {
        locked = apply(task, run);
      }
      stopped = run.stopsOthers() || access.isCut() || locked.isPresent();
    }
    return locked.orElseGet(task::endBySteps);
  }

  /** Applies one step; if another apply has the host, that ends the task. */
  private Optional<TaskEnd> apply(TaskRun task, StepRun run) {
    CheckResult before = run.latest();
    ExecutorHost host = access.hostForApply(run.applyLimit, run.mask);
    String what = "the apply of step '%s' of task '%s'".formatted(run.name(), task.task.name());
    String failure = null;
    long at = access.now();
    current.set(task);
    try {
      access.apply(what, run.applyLimit, host, run.step.executor()::apply);
    } catch (Throwable t) {
      failure = ErrorText.of(t, run.mask::hide);
    }
    host.over();
    Duration took = Duration.ofNanos(access.now() - at);
    Answer.None lost = host.lost();
    if (lost != null && lost.reason() == Answer.Reason.LOCKED) {
      run.end(StepOutcome.NOT_RUN, lost.why());
      return Optional.of(TaskEnd.skipped("an earlier apply still runs: " + lost.why()));
    }
    task.applied();
    if (lost != null) {
      endWithout(run, lost, failure);
    } else if (failure != null) {
      run.end(StepOutcome.FAILED, failure);
    } else {
      verify(task, run, before, host.commands());
    }
    ends.applied(task, run, took);
    return Optional.empty();
  }

  /**
   * A command of the apply has no result. That decides, even if the executor swallowed the
   * exception. The executor may add to the reason, such as a way out.
   */
  private static void endWithout(StepRun run, Answer.None lost, @Nullable String failure) {
    String why = failure != null && failure.contains(lost.why()) ? failure : lost.why();
    switch (lost.reason()) {
      case NOT_BEGUN, KILLED, CONNECTION_LOST, TOO_MUCH_OUTPUT -> run.end(StepOutcome.FAILED, why);
      case END_NOT_KNOWN, GARBLED ->
          run.endNotKnown("the end of the apply is not known: " + lost.why());
      case LOCKED -> throw new IllegalStateException("a step that was not applied has no end");
    }
  }

  /** Rule 17: still drifted, also after the settle time and on a fresh connection. */
  private void verify(TaskRun task, StepRun run, CheckResult before, String applied) {
    checks.check(task, run);
    if (run.isDrifted() && !run.step.executor().settleTime().isZero()) {
      pause(run.step.executor().settleTime());
      checks.check(task, run);
    }
    if (run.isDrifted() && access.connection().isOpen()) {
      access.connection().end();
      checks.check(task, run);
    }
    if (run.latest() instanceof CheckResult.Drifted after) {
      run.end(StepOutcome.NON_CONVERGENT, NonConvergence.of(run.step, before, after, applied));
    } else if (run.isInSync()) {
      run.end(StepOutcome.APPLIED, "");
    } else {
      run.end(StepOutcome.UNKNOWN, "after its apply: " + run.latest());
    }
  }

  private void pause(Duration time) {
    try {
      access.pause(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
