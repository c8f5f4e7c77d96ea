package dev.fluke.reconcile.internal.cycle;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.executor.CheckResult;
import dev.fluke.reconcile.internal.connection.ExecutorHost;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.text.ErrorText;
import dev.fluke.text.Library;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs checks: first those that consist of commands, in one round trip, then the others in order. A
 * check that fails makes only its own step unknown.
 */
final class CheckRunner {
  private static final Logger log = LoggerFactory.getLogger(CheckRunner.class);
  private static final Duration SLOW = Duration.ofSeconds(5);

  private final HostAccess access;
  private final CurrentTask current;
  private final StepEnds ends;

  CheckRunner(HostAccess access, CurrentTask current, StepEnds ends) {
    this.access = access;
    this.current = current;
    this.ends = ends;
  }

  /** What its checks are handed out to. */
  StepEnds ends() {
    return ends;
  }

  /** Runs the checks of all steps of these tasks. */
  void check(List<TaskRun> tasks) {
    List<BatchedStep> batched = new ArrayList<>();
    List<Command> commands = new ArrayList<>();
    List<Runnable> others = new ArrayList<>();
    long at = access.now();
    for (TaskRun task : tasks) {
      for (StepRun run : task.steps) {
        if (isRefused(run)) {
          continue;
        }
        if (run.step.executor() instanceof BatchedCheck) {
          batched.add(addCommands(task, run, commands));
        } else {
          others.add(() -> call(task, run));
        }
      }
    }
    List<Answer> answers = commands.isEmpty() ? List.of() : askTwiceIfLost(commands);
    batched.forEach(step -> interpret(step, answers, at));
    others.forEach(Runnable::run);
  }

  /** Runs the check of one step. */
  void check(TaskRun task, StepRun run) {
    if (isRefused(run)) {
      return;
    }
    if (run.step.executor() instanceof BatchedCheck) {
      List<Command> commands = new ArrayList<>();
      long at = access.now();
      BatchedStep step = addCommands(task, run, commands);
      interpret(step, commands.isEmpty() ? List.of() : askTwiceIfLost(commands), at);
    } else {
      call(task, run);
    }
  }

  private BatchedStep addCommands(TaskRun task, StepRun run, List<Command> all) {
    int from = all.size();
    current.set(task);
    try {
      List<Command> own = access.call(what(task, run), run.checkLimit, () -> commandsOf(run));
      run.checksBy(own);
      all.addAll(own);
      return new BatchedStep(task, run, new Place(from, all.size()), null);
    } catch (Throwable t) {
      all.subList(from, all.size()).clear();
      CheckResult failed = unknown(task, run, t);
      return new BatchedStep(task, run, new Place(from, from), failed);
    }
  }

  /** What is sent has the secrets that the mask knows. */
  private static List<Command> commandsOf(StepRun run) {
    BatchedCheck executor = (BatchedCheck) run.executor();
    String method = "checkCommands()";
    List<Command> commands = new ArrayList<>();
    for (Command each : NullAnswerException.refuse(executor.checkCommands(), executor, method)) {
      Command known = each == null ? null : run.mask.learn(each);
      Command sent = known == null ? null : ExecutorHost.limited(known, run.checkLimit);
      if (sent == null) {
        throw new NullAnswerException(
            executor, method, "a list with " + (each == null ? "null" : "a mock of Command"));
      }
      commands.add(sent);
    }
    return commands;
  }

  /** Checks are read-only, so Fluke repeats those that a lost connection took, once. */
  private List<Answer> askTwiceIfLost(List<Command> commands) {
    List<Answer> answers = new ArrayList<>(access.ask(commands));
    List<Integer> lost = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      if (HostAccess.isLost(answers.get(i))) {
        lost.add(i);
      }
    }
    boolean unreachable = access.connection().unreachableBecause() != null;
    if (lost.isEmpty() || unreachable) {
      return answers;
    }
    List<Answer> again = access.ask(lost.stream().map(commands::get).toList());
    for (int i = 0; i < lost.size(); i++) {
      answers.set(lost.get(i), again.get(i));
    }
    return answers;
  }

  private void interpret(BatchedStep step, List<Answer> answers, long at) {
    StepRun run = step.run();
    if (step.failed() != null) {
      checked(step.task(), run, new Found(step.failed(), true, at), since(at));
      return;
    }
    List<Answer> own = answers.subList(step.place().from(), step.place().to());
    List<CommandResult> results = new ArrayList<>();
    boolean answered = own.isEmpty();
    Answer.None none = null;
    Duration took = Duration.ZERO;
    for (Answer answer : own) {
      answered |= !HostAccess.isLost(answer) && !access.isRefusal(answer);
      if (answer instanceof Answer.Finished finished) {
        results.add(finished.result().hiding(run.mask));
        took = took.plus(finished.result().duration());
        rememberIfSlow(step.task(), run, finished.result().duration());
      } else if (none == null) {
        none = (Answer.None) answer;
      }
    }
    if (none == null) {
      checked(step.task(), run, new Found(interpreted(step, results), answered, at), took);
    } else {
      if (none.reason() == Answer.Reason.KILLED) {
        rememberIfSlow(step.task(), run, run.checkLimit);
      }
      Found unknown = new Found(CheckResult.unknown(none.why()), answered, at);
      checked(step.task(), run, unknown, since(at));
    }
  }

  private void checked(TaskRun task, StepRun run, Found found, Duration took) {
    run.checked(found.result(), found.answered(), found.at(), access.applies());
    ends.checked(task, run, took);
  }

  private Duration since(long at) {
    return Duration.ofNanos(access.now() - at);
  }

  private CheckResult interpreted(BatchedStep step, List<CommandResult> results) {
    StepRun run = step.run();
    current.set(step.task());
    try {
      CheckResult result =
          access.call(
              what(step.task(), run),
              run.checkLimit,
              () -> ((BatchedCheck) run.executor()).interpret(results));
      return NullAnswerException.refuseResult(result, run.executor(), "interpret(..)");
    } catch (Throwable t) {
      return unknown(step.task(), run, t);
    }
  }

  private static CheckResult unknown(TaskRun task, StepRun run, Throwable t) {
    log.debug("{} failed", what(task, run), ErrorText.masked(t, run.mask::hide));
    Library.warnOnce(what(task, run), t, run.mask::hide);
    return CheckResult.unknown(ErrorText.of(t, run.mask::hide));
  }

  /** Rule 0: whether the check was refused; its result says so then. */
  private boolean isRefused(StepRun run) {
    String refused = access.whyNoCheck();
    if (refused.isEmpty()) {
      return false;
    }
    run.checked(CheckResult.unknown(refused), false, access.now(), access.applies());
    return true;
  }

  private void call(TaskRun task, StepRun run) {
    if (isRefused(run)) {
      return;
    }
    current.set(task);
    long at = access.now();
    ExecutorHost host = access.hostForCheck(run.checkLimit, run.mask);
    CheckResult result;
    try {
      result =
          access.call(
              what(task, run),
              run.checkLimit,
              () -> {
                CheckResult found = run.executor().check(host);
                host.awaitEnd();
                return found;
              });
      result = NullAnswerException.refuseResult(result, run.executor(), "check(..)");
    } catch (Throwable t) {
      result = unknown(task, run, t);
    }
    host.over();
    run.askedHost(host.wasUsed());
    Answer.None lost = host.lost();
    if (lost != null) {
      result = CheckResult.unknown(lost.why());
    }
    Duration took = since(at);
    checked(task, run, new Found(result, lost == null || !HostAccess.isLost(lost), at), took);
    rememberIfSlow(task, run, took);
  }

  private static void rememberIfSlow(TaskRun task, StepRun run, Duration took) {
    if (took.compareTo(SLOW) >= 0) {
      task.state.remembersSlow(run.name());
    }
  }

  private static String what(TaskRun task, StepRun run) {
    // not formatted(..): made twice for each check, and that shows in a profile of a cycle
    return "the check of step '" + run.name() + "' of task '" + task.task.name() + "'";
  }

  /** What a check found, whether the host answered it, and when it began. */
  private record Found(CheckResult result, boolean answered, long at) {}

  /** The commands of a step, from one place in the batch to before another. */
  private record Place(int from, int to) {}

  /**
   * A step whose commands are part of a batch.
   *
   * @param failed the result of its check, if the check gave no commands
   */
  private record BatchedStep(
      TaskRun task, StepRun run, Place place, @Nullable CheckResult failed) {}
}
