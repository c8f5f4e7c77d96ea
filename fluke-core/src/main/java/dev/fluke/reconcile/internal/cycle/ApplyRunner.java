package dev.fluke.reconcile.internal.cycle;

import dev.fluke.executor.CheckResult;
import dev.fluke.reconcile.internal.connection.ExecutorHost;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.report.StepOutcome;
import dev.fluke.text.Durations;
import dev.fluke.text.ErrorText;
import dev.fluke.text.Library;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps of a drifted task in order. It applies each at most once: under the host's lock,
 * after its check was asked once more, and only if the step may still begin. Then it verifies it.
 */
final class ApplyRunner {
  private static final Logger log = LoggerFactory.getLogger(ApplyRunner.class);

  /** How long the host keeps the lock while it waits for Fluke, beyond the limit of the check. */
  private static final Duration TO_DECIDE = Duration.ofSeconds(30);

  /** What waits longer would keep the agent's other tasks waiting, too. */
  private static final Duration LONGEST_SETTLE_TIME = Duration.ofHours(1);

  private final HostAccess access;
  private final CheckRunner checks;
  private final CurrentTask current;
  private final RightToAct right;
  private final Function<TaskRun, Optional<TaskEnd>> begin;
  private final StepEnds ends;

  /**
   * Runs steps at this host.
   *
   * @param begin the last question before the first command of a step: how the task ends instead
   */
  ApplyRunner(
      HostAccess access,
      CheckRunner checks,
      CurrentTask current,
      RightToAct right,
      Function<TaskRun, Optional<TaskEnd>> begin) {
    this.access = access;
    this.checks = checks;
    this.current = current;
    this.right = right;
    this.begin = begin;
    this.ends = checks.ends();
  }

  /**
   * Runs them.
   *
   * @param forced whether steps in sync are applied, too
   * @return how the task ends
   */
  TaskEnd run(TaskRun task, boolean forced) {
    Optional<TaskEnd> refused = Optional.empty();
    boolean stopped = false;
    for (StepRun run : task.steps) {
      if (!stopped) {
        refused = right.whyNotBegin(task.task);
        stopped = refused.isPresent();
      }
      if (stopped) {
        run.end(StepOutcome.NOT_RUN, "");
        continue;
      }
      if (!run.isFresh(access) && !run.isDrifted()) {
        checks.check(task, run);
        refused = right.whyNotBegin(task.task);
      }
      if (refused.isEmpty() && wants(run, forced)) {
        refused = apply(task, run, forced);
      }
      stopped = run.stopsOthers() || access.isCut() || refused.isPresent();
    }
    return refused.map(end -> end.and(appliedOf(task))).orElseGet(() -> endOf(task));
  }

  private static boolean wants(StepRun run, boolean forced) {
    return run.isDrifted() || (forced && run.isInSync());
  }

  /** By its steps, unless the apply was cut short by a removal or the end of a close. */
  private TaskEnd endOf(TaskRun task) {
    TaskEnd bySteps = task.endBySteps();
    boolean settled =
        bySteps.outcome().succeeded() || task.steps.stream().anyMatch(StepRun::isEndNotKnown);
    return settled
        ? bySteps
        : right.whyCutShort().map(end -> end.and(appliedOf(task))).orElse(bySteps);
  }

  private static String appliedOf(TaskRun task) {
    String names =
        task.steps.stream()
            .filter(StepRun::wasApplied)
            .map(run -> "'" + run.name() + "'")
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : "applied before: " + names;
  }

  /** Applies one step under the host's lock; gives how the task ends if that is refused. */
  private Optional<TaskEnd> apply(TaskRun task, StepRun run, boolean forced) {
    ExecutorHost host = access.hostForApply(run.applyLimit, run.mask);
    CheckResult before;
    String failure;
    long at;
    try {
      Optional<TaskEnd> refused = hold(run).map(locked -> goneOr(task, locked));
      if (refused.isEmpty()) {
        checks.check(task, run);
        refused = right.whyNotBegin(task.task);
      }
      if (refused.isEmpty() && !wants(run, forced)) {
        return Optional.empty(); // nothing is sent: healed meanwhile, or unknown
      }
      refused = refused.or(() -> begin.apply(task));
      access.beginStep(); // before the last question: from now on a close does not interrupt
      refused = refused.or(() -> right.whyNotBegin(task.task));
      if (refused.isPresent()) {
        access.endStep();
        run.end(StepOutcome.NOT_RUN, refused.get().reason());
        return refused;
      }
      task.sends();
      before = run.latest();
      at = access.now();
      failure = call(task, run, host);
    } finally {
      host.over();
      access.releaseLock();
    }
    Duration took = Duration.ofNanos(access.now() - at);
    access.verifies();
    try {
      right.throwIfAbandoned(); // it may have returned hours later: then nobody hears of it
      Optional<TaskEnd> end = finish(task, run, host, before, failure);
      if (end.isEmpty()) {
        ends.applied(task, run, took, host.printed());
      }
      return end;
    } finally {
      access.endStep();
    }
  }

  /** Takes the host's lock; gives how the task ends if another has it. */
  private Optional<TaskEnd> hold(StepRun run) {
    if (!run.usesHost()) {
      return Optional.empty();
    }
    Optional<Answer.None> refused = access.takeLock(run.checkLimit.plus(TO_DECIDE));
    if (refused.isEmpty()) {
      return Optional.empty();
    }
    Answer.None none = refused.get();
    return Optional.of(
        none.reason() == Answer.Reason.LOCKED
            ? TaskEnd.skipped(none.why())
            : TaskEnd.skipped("the host's lock was not taken: " + none.why()));
  }

  /** A removal or a close also cancels what waits for the lock; then that is the reason. */
  private TaskEnd goneOr(TaskRun task, TaskEnd otherwise) {
    return right.whyNotBegin(task.task).orElse(otherwise);
  }

  private @Nullable String call(TaskRun task, StepRun run, ExecutorHost host) {
    String what = "the apply of step '%s' of task '%s'".formatted(run.name(), task.task.name());
    current.set(task);
    try {
      access.apply(what, run.applyLimit, host, acting -> run.executor().apply(acting));
      return null;
    } catch (Throwable t) {
      log.debug("{} failed", what, ErrorText.masked(t, run.mask::hide));
      Library.warnOnce(what, t, run.mask::hide);
      return ErrorText.of(t, run.mask::hide);
    }
  }

  private Optional<TaskEnd> finish(
      TaskRun task, StepRun run, ExecutorHost host, CheckResult before, @Nullable String failure) {
    Answer.None lost = host.lost();
    if (lost != null && lost.reason() == Answer.Reason.LOCKED) {
      run.end(StepOutcome.NOT_RUN, lost.why());
      return Optional.of(TaskEnd.skipped("an earlier apply still runs: " + lost.why()));
    }
    task.applied();
    run.applied();
    if (lost != null) {
      endWithout(run, lost, failure);
    } else if (failure != null) {
      run.end(StepOutcome.FAILED, failure);
    } else {
      verify(task, run, before, host.commands());
    }
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
    if (run.isDrifted()) {
      Duration settle;
      try {
        settle = settleTime(task, run);
      } catch (Throwable t) {
        Throwable masked = ErrorText.masked(t, run.mask::hide);
        log.debug("settleTime() of step '{}' failed", run.name(), masked);
        run.end(StepOutcome.FAILED, "its settleTime() failed: " + ErrorText.of(t, run.mask::hide));
        return;
      }
      if (!settle.isZero()) {
        pause(settle);
        checks.check(task, run);
      }
    }
    if (run.isDrifted() && access.isOpen()) {
      access.connection().end();
      checks.check(task, run);
    }
    if (run.latest() instanceof CheckResult.Drifted after) {
      run.end(
          StepOutcome.NON_CONVERGENT, NonConvergence.of(run.checkText(), before, after, applied));
    } else if (run.isInSync()) {
      run.end(StepOutcome.APPLIED, "");
    } else {
      run.end(StepOutcome.UNKNOWN, "after its apply: " + run.latest());
    }
  }

  private Duration settleTime(TaskRun task, StepRun run) throws Exception {
    String what = "settleTime() of step '%s' of task '%s'".formatted(run.name(), task.task.name());
    Duration settle = access.call(what, run.checkLimit, () -> run.executor().settleTime());
    NullAnswerException.refuse(settle, run.executor(), "settleTime()");
    if (settle.compareTo(LONGEST_SETTLE_TIME) > 0) {
      throw new IllegalArgumentException(
          "it is %s, must be at most %s"
              .formatted(Durations.display(settle), Durations.display(LONGEST_SETTLE_TIME)));
    }
    return settle;
  }

  private void pause(Duration time) {
    try {
      access.pause(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
