package dev.fluke.reconcile.internal.cycle;

import dev.fluke.agent.Agent;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.source.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One agent's cycle, from top to bottom: match, check, decide, apply, verify, report.
 *
 * <p>It has three stages, each with a permit of its own: {@link #connect}, {@link #check} and
 * {@link #apply}. The lane calls them in order, on one thread at a time. The cycle ends after
 * {@code check} if there is nothing to apply; {@link #isDone} says so.
 */
public final class AgentCycle {
  private final CycleContext context;
  private final CycleRequest request;
  private final Turn turn;
  private final Agent agent;
  private final Revision revision;
  private final HostAccess access;
  private final CurrentTask current = new CurrentTask();
  private final CheckRunner checks;
  private final ApplyRunner applies;
  private final List<TaskRun> tasks = new ArrayList<>();
  private final List<TaskRun> bystanders = new ArrayList<>();
  private final List<TaskRun> notYetChecked = new ArrayList<>();
  private List<TaskRun> round = List.of();
  private boolean anythingApplied;
  private boolean done;

  /** How a task ended, and what is remembered of it. */
  public record Result(EndedTask task, TaskState state) {}

  /** Matches the tasks of the revision in force against the agent's labels (rule 9). */
  public AgentCycle(CycleContext context, CycleRequest request, Turn turn, HostAccess access) {
    this.context = context;
    this.request = request;
    this.turn = turn;
    this.agent = turn.agent();
    this.revision = context.revision();
    this.access = access;
    this.checks = new CheckRunner(access, current);
    this.applies = new ApplyRunner(access, checks, current);
    for (Task task : revision.manifest().tasks()) {
      var declared = context.declarations().of(task, agent);
      if (declared != null) {
        TaskState state = turn.state(task.name(), context.isNew(task.name()));
        TaskRun run = new TaskRun(task, declared, agent, state, context.settings());
        (request.scope().coversTask(task.name()) ? tasks : bystanders).add(run);
      }
    }
    tasks.stream().filter(run -> !run.hasEnded()).forEach(notYetChecked::add);
  }

  /** Whether the checks need a connection that is not open. */
  public boolean needsConnecting() {
    boolean batch =
        tasks.stream()
            .flatMap(task -> task.steps.stream())
            .anyMatch(run -> run.step.executor() instanceof BatchedCheck);
    return agent.transport().isPresent()
        && !access.connection().isOpen()
        && (batch || access.connection().wasNeeded());
  }

  /** Opens the connection; if that fails, the checks report it. */
  public void connect() {
    access.connect();
  }

  /** Checks all tasks in one round trip (rule 10); slow ones follow in a round of their own. */
  public void check() {
    List<TaskRun> fast = notYetChecked.stream().filter(Predicate.not(TaskRun::isSlow)).toList();
    round = fast.isEmpty() ? List.copyOf(notYetChecked) : fast;
    notYetChecked.removeAll(round);
    access.connection().endIfOld();
    checks.check(round);
    if (!round.isEmpty()) {
      turn.checked();
    }
    if (request.isPlan()) {
      done = notYetChecked.isEmpty();
    } else if (round.stream().noneMatch(this::wouldApply)) {
      apply();
    }
  }

  /** Decides the tasks of this round in order (rule 13); manual runs go first, between tasks. */
  public void apply() {
    for (TaskRun task : round) {
      turn.yieldToManualRuns();
      context.reach("decide");
      turn.throwIfAbandoned();
      task.end(endOf(task));
      remember(task);
      task.decidedAfter(access.applies());
      context.reach("decided");
    }
    round = List.of();
    if (notYetChecked.isEmpty()) {
      if (anythingApplied && !access.isCancelled() && !access.isCut()) {
        FinalCheck.of(tasks, bystanders, checks).forEach(this::remember);
      }
      done = true;
    }
  }

  /** The first that fits (rules 13, 19). */
  private TaskEnd endOf(TaskRun task) {
    if (access.isCancelled()) {
      return cancelled();
    }
    if (access.isCut() && anythingApplied) {
      return TaskEnd.LOST_BEFORE_ITS_TURN;
    }
    String superseded = Supersession.by(context, revision, task.task, turn.agent());
    if (!superseded.isEmpty()) {
      return TaskEnd.skipped("superseded: " + superseded);
    }
    if (!task.isFresh(access)) {
      checks.check(List.of(task));
    }
    return endByChecks(task);
  }

  private TaskEnd endByChecks(TaskRun task) {
    if (access.isCancelled()) {
      return cancelled();
    }
    if (!task.isAnswered()) {
      return notAnswered(task);
    }
    if (task.isDrifted()) {
      task.driftedBecause(task.state.causeOf(task.declaration)); // rule 12
    } else if (!wouldApply(task)) {
      TaskEnd end = new TaskEnd(task.asFound(), task.firstProblem());
      boolean manual = request.kind() == CycleRequest.Kind.MANUAL;
      return end.and(manual && task.isInSync() ? "nothing to apply" : "");
    }
    if (!wouldApply(task)) {
      String why = task.guards(access.now()).reason(); // rule 14
      return new TaskEnd(task.asFound(), why + "; " + task.firstProblem());
    }
    return access.isCut() ? TaskEnd.LOST_BEFORE_ITS_TURN : endByApply(task);
  }

  /** Runs the steps in order (rule 15). */
  private TaskEnd endByApply(TaskRun task) {
    String bypassed = request.isGuarded() ? "" : task.guards(access.now()).bypassed();
    if (task.isDrifted()) {
      turn.applying(task.ended(agent, revision.id(), request), task.state);
    }
    task.state.tries(task.declaration);
    context.reach("apply");
    TaskEnd end = applies.run(task, request.isForced());
    anythingApplied |= task.wasApplied();
    return access.isCancelled() && end.outcome() != Outcome.UNKNOWN
        ? cancelled()
        : end.and(bypassed);
  }

  private TaskEnd cancelled() {
    return TaskEnd.cancelled(turn.whyCancelled());
  }

  /** A manual run bypasses policy and back-off (rule 23). */
  private boolean wouldApply(TaskRun task) {
    if (!request.isGuarded()) {
      return task.isDrifted() || (request.isForced() && task.isInSync());
    }
    return task.isDrifted() && task.guards(access.now()).allow();
  }

  private TaskEnd notAnswered(TaskRun task) {
    String known = access.connection().unreachableBecause();
    String why = known != null ? known : task.firstProblem();
    return anythingApplied
        ? TaskEnd.skipped("the connection was lost before its turn: " + why)
        : new TaskEnd(Outcome.UNREACHABLE, why);
  }

  private void remember(TaskRun task) {
    turn.throwIfAbandoned();
    switch (task.outcome()) {
      case IN_SYNC, REMEDIATED -> task.state.sawInSync(task.declaration, context.scheduler().now());
      case FAILED, NON_CONVERGENT -> holdBack(task);
      case UNKNOWN -> {
        if (task.steps.stream().anyMatch(StepRun::isEndNotKnown)) {
          holdBack(task);
        }
      }
      case CANCELLED, UNREACHABLE, SKIPPED, DRIFTED -> {}
    }
  }

  private void holdBack(TaskRun task) {
    task.state.failed(access.now(), context.scheduler().now(), context.scheduler().random());
  }

  public boolean isDone() {
    return done;
  }

  /** Whether tasks of this round are still to be decided, which needs a permit to apply. */
  public boolean wantsToApply() {
    return !done && !round.isEmpty() && !request.isPlan();
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
        .forEach(task -> task.end(Outcome.UNKNOWN, call + " did not return"));
  }

  /** Ends every task that has not ended: exactly one outcome each, whatever happened (rule 19). */
  public List<Result> end(Outcome unlessEnded, String why) {
    tasks.stream().filter(task -> !task.hasEnded()).forEach(task -> task.end(unlessEnded, why));
    return tasks.stream()
        .map(task -> new Result(task.ended(agent, revision.id(), request), task.state))
        .toList();
  }

  public List<PlannedTask> plan() {
    return PlanAssembler.of(agent.name(), tasks);
  }
}
