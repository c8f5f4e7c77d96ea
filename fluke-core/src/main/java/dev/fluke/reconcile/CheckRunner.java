package dev.fluke.reconcile;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.executor.CheckResult;
import dev.fluke.text.ErrorText;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks checks: those that are nothing but commands in one round trip, then the others in order.
 * Whatever goes wrong with one makes that one unknown.
 */
final class CheckRunner {
  private static final Duration SLOW = Duration.ofSeconds(5);
  private static final Duration BATCH_SLACK = Duration.ofSeconds(60);

  private final HostAccess errand;

  CheckRunner(HostAccess errand) {
    this.errand = errand;
  }

  /** Asks them all, and gives each step its answer. */
  void ask(List<TaskRun> tasks) {
    List<Asked> batched = new ArrayList<>();
    List<Command> commands = new ArrayList<>();
    List<Asked> others = new ArrayList<>();
    long at = errand.now();
    for (TaskRun task : tasks) {
      for (StepRun run : task.steps) {
        if (run.step.executor() instanceof BatchedCheck check) {
          batched.add(addCommands(task, run, check, commands));
        } else {
          others.add(new Asked(task, run, null, 0, 0));
        }
      }
    }
    List<Answer> answers = commands.isEmpty() ? List.of() : askTwiceIfLost(commands);
    for (Asked asked : batched) {
      interpret(asked, answers, at);
    }
    for (Asked asked : others) {
      call(asked);
    }
  }

  /** Asks one step's check alone. */
  void ask(TaskRun task, StepRun run) {
    if (run.step.executor() instanceof BatchedCheck check) {
      List<Command> commands = new ArrayList<>();
      long at = errand.now();
      Asked asked = addCommands(task, run, check, commands);
      interpret(asked, commands.isEmpty() ? List.of() : askTwiceIfLost(commands), at);
    } else {
      call(new Asked(task, run, null, 0, 0));
    }
  }

  private Asked addCommands(TaskRun task, StepRun run, BatchedCheck check, List<Command> all) {
    int from = all.size();
    errand.workingOn(task);
    try {
      List<Command> own =
          errand.guarded(what(task, run), run.checkLimit, () -> check.checkCommands());
      own.forEach(run.mask::learn);
      own.forEach(command -> all.add(ExecutorHost.limited(command, run.checkLimit)));
    } catch (Throwable t) {
      all.subList(from, all.size()).clear();
      return new Asked(task, run, CheckResult.unknown(ErrorText.of(t, run.mask::hide)), from, from);
    }
    return new Asked(task, run, null, from, all.size());
  }

  /** Checks are read-only: what was lost with a connection is asked once more on a new one. */
  private List<Answer> askTwiceIfLost(List<Command> commands) {
    List<Answer> answers = new ArrayList<>(send(commands));
    List<Integer> lost = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      if (isLost(answers.get(i))) {
        lost.add(i);
      }
    }
    if (lost.isEmpty() || errand.link().unreachableBecause() != null || errand.isCancelled()) {
      return answers;
    }
    List<Answer> again = send(lost.stream().map(commands::get).toList());
    for (int i = 0; i < lost.size(); i++) {
      answers.set(lost.get(i), again.get(i));
    }
    return answers;
  }

  private List<Answer> send(List<Command> commands) {
    Duration limit = BATCH_SLACK;
    for (Command command : commands) {
      limit = limit.plus(command.timeout().orElse(Duration.ZERO));
    }
    try {
      return errand.guarded("asking the host", limit, () -> errand.askHost(commands));
    } catch (Throwable t) {
      return commands.stream()
          .map(command -> Answer.none(Answer.Reason.GARBLED, ErrorText.of(t)))
          .toList();
    }
  }

  private void interpret(Asked asked, List<Answer> answers, long at) {
    StepRun run = asked.run();
    CheckResult known = asked.already();
    if (known != null || !(run.step.executor() instanceof BatchedCheck check)) {
      run.looked(known == null ? CheckResult.unknown("no commands") : known, true, at, applies());
      return;
    }
    List<CommandResult> results = new ArrayList<>();
    boolean answered = asked.from() == asked.to();
    Answer.None none = null;
    for (Answer answer : answers.subList(asked.from(), asked.to())) {
      answered |= !isLost(answer);
      if (answer instanceof Answer.Finished finished) {
        results.add(finished.result().hiding(run.mask));
        rememberIfSlow(asked, finished.result().duration());
      } else if (none == null) {
        none = (Answer.None) answer;
      }
    }
    CheckResult result;
    if (none != null) {
      result = CheckResult.unknown(none.why());
      if (none.reason() == Answer.Reason.KILLED) {
        rememberIfSlow(asked, run.checkLimit);
      }
    } else {
      result = interpreted(asked.task(), run, check, results);
    }
    run.looked(result, answered, at, applies());
  }

  private CheckResult interpreted(
      TaskRun task, StepRun run, BatchedCheck check, List<CommandResult> results) {
    errand.workingOn(task);
    try {
      return orUnknown(
          errand.guarded(what(task, run), run.checkLimit, () -> check.interpret(results)));
    } catch (Throwable t) {
      return CheckResult.unknown(ErrorText.of(t, run.mask::hide));
    }
  }

  private void call(Asked asked) {
    StepRun run = asked.run();
    errand.workingOn(asked.task());
    long at = errand.now();
    ExecutorHost host = errand.hostForCheck(run);
    CheckResult result;
    try {
      result =
          orUnknown(
              errand.guarded(
                  what(asked.task(), run), run.checkLimit, () -> run.step.executor().check(host)));
    } catch (Throwable t) {
      result = CheckResult.unknown(ErrorText.of(t, run.mask::hide));
    }
    host.over();
    Answer.None lost = host.lost();
    if (lost != null) {
      result = CheckResult.unknown(lost.why());
    }
    run.looked(result, lost == null || !isLost(lost), at, applies());
    rememberIfSlow(asked, Duration.ofNanos(errand.now() - at));
  }

  private void rememberIfSlow(Asked asked, Duration took) {
    if (took.compareTo(SLOW) >= 0) {
      asked.task().memory.remembersSlow(asked.run().step.name());
    }
  }

  private long applies() {
    return errand.applies();
  }

  private static CheckResult orUnknown(@Nullable CheckResult result) {
    return result == null ? CheckResult.unknown("the check returned null") : result;
  }

  private static boolean isLost(Answer answer) {
    return answer instanceof Answer.None none
        && (none.reason() == Answer.Reason.CONNECTION_LOST
            || none.reason() == Answer.Reason.END_NOT_KNOWN);
  }

  private static String what(TaskRun task, StepRun run) {
    return "the check of step '" + run.step.name() + "' of task '" + task.task.name() + "'";
  }

  /** A step whose check is asked: its commands' places in the batch, or what is known already. */
  private record Asked(
      TaskRun task, StepRun run, @Nullable CheckResult already, int from, int to) {}
}
