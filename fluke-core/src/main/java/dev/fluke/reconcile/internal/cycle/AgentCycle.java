package dev.fluke.reconcile.internal.cycle;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.reconcile.internal.guards.GuardAnswers;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.EndedTask;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.source.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One agent's cycle, from top to bottom: match, check, decide, apply, verify, report.
 *
 * <p>It goes in stages, each with a permit of its own: {@link #advance} goes as far as a permit
 * allows and says what it needs next. The lane calls it on one thread at a time.
 */
public final class AgentCycle {
  private final CycleContext context;
  private final CycleRequest request;
  private final Turn turn;
  private final Agent agent;
  private final Revision revision;
  private final HostAccess access;
  private final RightToAct right;
  private final GuardedStart start;
  private final CurrentTask current = new CurrentTask();
  private final CheckRunner checks;
  private final ApplyRunner applies;
  private final List<TaskRun> tasks = new ArrayList<>();
  private final List<TaskRun> bystanders = new ArrayList<>();
  private final Rounds rounds;
  private final FinalCheck finalCheck;
  private final boolean asksTheHost;
  private boolean mayConnect = true;
  private @Nullable TaskRun yieldedBefore;
  private boolean anythingApplied;

  /** What an agent's part of a cycle needs to go on; the first three need a permit each. */
  public enum Stage {
    CONNECT,
    CHECK,
    APPLY,
    /** A manual run or a plan waits, and may go in between now. */
    YIELD,
    DONE
  }

  /** How a task ended, and what is remembered of it. */
  public record Result(EndedTask task, TaskState state) {}

  /** Matches the tasks of the revision in force against the agent's labels (rule 9). */
  public AgentCycle(
      CycleContext context, CycleRequest request, Turn turn, HostAccess access, RightToAct right) {
    this.context = context;
    this.request = request;
    this.turn = turn;
    this.agent = turn.agent();
    this.right = right;
    this.revision = right.revision();
    this.access = access;
    this.start = new GuardedStart(context, request, turn, access, right);
    this.checks = new CheckRunner(access, current, StepEnds.of(turn, request));
    this.applies = new ApplyRunner(access, checks, current, right, start::whyNotBegin);
    MatchedTasks.of(context, turn, revision)
        .forEach(run -> (coversTask(run) ? tasks : bystanders).add(run));
    this.rounds = new Rounds(tasks.stream().filter(run -> run.declared).toList());
    this.finalCheck = new FinalCheck(tasks, bystanders, checks);
    this.asksTheHost = tasks.stream().anyMatch(TaskRun::asksTheHost);
  }

  private boolean coversTask(TaskRun run) {
    return request.scope().coversTask(run.task.name());
  }

  /** Goes as far as this permit allows; says what it needs next. */
  public Stage advance(Stage permit) {
    Stage needed = needed();
    while (needed == permit) {
      switch (permit) {
        case CONNECT -> {
          mayConnect = false;
          access.connect();
        }
        case CHECK -> check();
        case APPLY -> decide(rounds.first(), this::endByApply);
        case YIELD, DONE -> {
          return needed;
        }
      }
      needed = needed();
    }
    return needed;
  }

  /** Decides what needs no permit; says what the next task needs. */
  private Stage needed() {
    while (true) {
      right.throwIfAbandoned();
      TaskRun task = rounds.next();
      boolean open = task != null && endsEarly(task).isEmpty();
      boolean mayCheck = right.whyNoCheck().isEmpty();
      if (mayCheck && mayConnect && access.needsConnecting(asksTheHost)) {
        return Stage.CONNECT;
      } else if (task == null && rounds.areAllChecked()) {
        boolean finalCheckIsDue = anythingApplied && finalCheck.isToCome() && !access.isCut();
        return mayCheck && finalCheckIsDue ? Stage.CHECK : Stage.DONE;
      } else if (task == null && mayCheck) {
        return Stage.CHECK;
      } else if (task == null) {
        rounds.skipChecks();
      } else if (task != yieldedBefore && turn.wantsToYield()) {
        yieldedBefore = task;
        return Stage.YIELD;
      } else if (open && task.isToBeAskedAgain(access)) {
        return Stage.CHECK;
      } else if (open && start.wouldApply(task) && !access.isCut()) {
        return Stage.APPLY;
      } else {
        decide(task, this::endWithoutApply);
      }
    }
  }

  /** Checks what comes next; last of all what the applies of this cycle may have broken. */
  private void check() {
    mayConnect = false;
    if (rounds.next() != null) {
      rounds.checkStale(checks, access, request.isForced());
    } else if (!rounds.areAllChecked()) {
      access.connection().endIfOld();
      rounds.checkNext(checks, request.isPlan());
      turn.checked();
      if (request.isPlan()) {
        tasks.stream().filter(TaskRun::isDrifted).forEach(start::wouldApply);
      }
    } else {
      for (TaskRun changed : finalCheck.run(right)) {
        changed.leftAloneBy(start.ask(changed));
        changed.remember(access, context.scheduler());
      }
    }
  }

  /** Ends the first task of the round (rule 13). */
  private void decide(TaskRun task, Function<TaskRun, TaskEnd> endOf) {
    context.reach("decide");
    right.throwIfAbandoned();
    TaskEnd end = endOf.apply(task);
    right.throwIfAbandoned();
    task.end(end);
    rounds.decided(task);
    task.remember(access, context.scheduler());
    if (!FinalCheck.mayChange(task)) {
      turn.taskEnded(ended(task), task.state);
    }
    task.decidedAfter(access.applies());
    context.reach("decided");
  }

  /** How the task ends whatever its checks say (rules 0, 13, 19); empty if they decide. */
  private Optional<TaskEnd> endsEarly(TaskRun task) {
    Optional<TaskEnd> refused = right.whyNotBegin(task.task);
    return refused.isEmpty() && access.isCut() && anythingApplied
        ? Optional.of(TaskEnd.LOST_BEFORE_ITS_TURN)
        : refused;
  }

  private TaskEnd endWithoutApply(TaskRun task) {
    Optional<TaskEnd> early = endsEarly(task);
    if (early.isPresent()) {
      return early.get();
    }
    if (!task.isAnswered()) {
      String known = access.connection().unreachableBecause();
      return TaskEnd.notAnswered(known != null ? known : task.firstProblem(), anythingApplied);
    }
    if (!task.isDrifted()) {
      TaskEnd end = new TaskEnd(task.asFound(), task.firstProblem());
      boolean manual = request.kind() == CycleRequest.Kind.MANUAL;
      return end.and(manual && task.isInSync() ? "nothing to apply" : "");
    }
    task.driftedBecause(task.state.causeOf(task.declaration)); // rule 12
    GuardAnswers answers = task.answers();
    return answers.allow()
        ? TaskEnd.LOST_BEFORE_ITS_TURN
        : new TaskEnd(task.asFound(), answers.reason() + "; " + task.firstProblem()); // rule 14
  }

  /** Runs the steps in order (rule 15). */
  private TaskEnd endByApply(TaskRun task) {
    if (task.isDrifted()) {
      task.driftedBecause(task.state.causeOf(task.declaration));
    }
    context.reach("apply");
    TaskEnd end = applies.run(task, request.isForced());
    anythingApplied |= task.wasApplied();
    return end.and(task.bypassed());
  }

  public HostAccess access() {
    return access;
  }

  /** The agent as it was declared when the cycle began. */
  public Agent agent() {
    return agent;
  }

  /** Whether the host answered at least one check. */
  public boolean isAnswered() {
    return tasks.stream().anyMatch(TaskRun::isAnswered);
  }

  /** The lane abandons the cycle: the task whose call did not return is unknown (rule 20). */
  public void abandoned(String call) {
    tasks.stream()
        .filter(task -> !task.hasEnded() && current.is(task))
        .forEach(
            task -> {
              task.end(Outcome.UNKNOWN, call + " did not return");
              task.remember(access, context.scheduler());
            });
  }

  /** Ends every task that has not ended: exactly one outcome each, whatever happened (rule 19). */
  public List<Result> end(Outcome unlessEnded, String why) {
    tasks.stream().filter(task -> !task.hasEnded()).forEach(task -> task.end(unlessEnded, why));
    return tasks.stream().map(task -> new Result(ended(task), task.state)).toList();
  }

  private EndedTask ended(TaskRun task) {
    return task.ended(agent, revision.id(), request);
  }

  public List<PlannedTask> plan() {
    return PlanAssembler.of(agent.name(), tasks);
  }
}
