package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.manifest.Task;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.TaskReport;
import dev.fluke.source.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One agent's way through one cycle, top to bottom: match, check, decide, apply, verify, report.
 *
 * <p>It goes in stages, each with a permit of its own: {@link #connect}, {@link #look} (asks the
 * checks, and ends there if nothing is to be applied), {@link #mend} (applies). The lane calls them
 * in order, on one thread at a time; {@link #isDone} says when it is over.
 */
final class AgentCycle {
  private final Engine loop;
  private final AgentJob job;
  private final Agent agent;
  private final Revision revision;
  private final HostAccess errand;
  private final CheckRunner checks;
  private final ApplyRunner applies;
  private final List<TaskRun> tasks = new ArrayList<>();
  private final List<TaskRun> bystanders = new ArrayList<>();
  private final List<TaskRun> notYetLooked = new ArrayList<>();
  private List<TaskRun> round = List.of();
  private boolean anythingApplied;
  private boolean done;

  /** Takes the revision in force and the agent's labels, and matches (rule 9). */
  AgentCycle(Engine loop, AgentJob job) {
    this.loop = loop;
    this.job = job;
    this.agent = job.agent.agent();
    this.revision = loop.revision();
    this.errand =
        new HostAccess(
            agent, job.agent.link(), job.agent.lane(), loop.scheduler(), job.isGuarded());
    this.checks = new CheckRunner(errand);
    this.applies = new ApplyRunner(errand, checks, loop.settings().freshness());
    for (Task task : revision.manifest().tasks()) {
      if (task.selector().matches(agent)) {
        TaskState memory = job.agent.memory(task.name(), loop.isNew(task.name()));
        TaskRun run = new TaskRun(task, agent, memory, loop.settings());
        (job.scope.coversTask(task.name()) ? tasks : bystanders).add(run);
      }
    }
    notYetLooked.addAll(tasks);
  }

  /** Whether a connection has to be opened before the checks can be asked. */
  boolean needsConnecting() {
    boolean batch =
        tasks.stream()
            .flatMap(task -> task.steps.stream())
            .anyMatch(run -> run.step.executor() instanceof BatchedCheck);
    return agent.transport().isPresent()
        && !errand.link().isOpen()
        && (batch || errand.link().wasNeeded());
  }

  /** Opens the connection; if that fails, the checks find out. */
  void connect() {
    errand.connect();
  }

  /** Asks the checks of all tasks in one round trip (rule 10); slow ones have a round of theirs. */
  void look() {
    List<TaskRun> fast = notYetLooked.stream().filter(Predicate.not(TaskRun::isSlow)).toList();
    round = fast.isEmpty() ? List.copyOf(notYetLooked) : fast;
    notYetLooked.removeAll(round);
    errand.link().endIfOld();
    checks.ask(round);
    job.agent.asked(round);
    if (job.kind == AgentJob.Kind.PLAN) {
      done = notYetLooked.isEmpty();
    } else if (round.stream().noneMatch(this::wouldApply)) {
      mend();
    }
  }

  /** Decides the tasks of this round in order (rule 13); manual runs go first, between tasks. */
  void mend() {
    for (TaskRun task : round) {
      job.agent.lane().yieldToManualRuns(job);
      loop.reach("decide");
      decide(task);
      task.decidedAfter(errand.applies());
      loop.reach("decided");
    }
    round = List.of();
    if (notYetLooked.isEmpty()) {
      if (anythingApplied && !errand.isCancelled() && !errand.isCut()) {
        FinalCheck.at(tasks, bystanders, checks).forEach(this::remember);
      }
      done = true;
    }
  }

  private void decide(TaskRun task) {
    job.agent.lane().throwIfAbandoned();
    if (errand.isCancelled()) {
      task.end(Outcome.CANCELLED, loop.whyCancelled(job.agent));
      return;
    }
    if (errand.isCut() && anythingApplied) {
      task.end(Outcome.SKIPPED, "the connection was lost before its turn");
      return;
    }
    String superseded = Supersession.by(loop.revision(), revision, task.task, job.agent);
    if (!superseded.isEmpty()) {
      task.end(Outcome.SKIPPED, "superseded: " + superseded);
      return;
    }
    if (!isFresh(task)) {
      checks.ask(List.of(task));
    }
    if (errand.isCancelled()) {
      task.end(Outcome.CANCELLED, loop.whyCancelled(job.agent));
    } else if (!task.isAnswered()) {
      Outcome how = anythingApplied ? Outcome.SKIPPED : Outcome.UNREACHABLE; // gone, or never there
      task.end(how, unreachableBecause(task));
    } else if (!task.isDrifted() && !(job.isForced() && task.isInSync())) {
      task.end(task.asFound(), task.firstProblem());
      task.explain(job.kind == AgentJob.Kind.MANUAL && task.isInSync() ? "nothing to apply" : "");
    } else {
      decideDrifted(task);
    }
    remember(task);
  }

  /** Cause (rule 12), then policy (rule 14), then the steps in order (rule 15). */
  private void decideDrifted(TaskRun task) {
    if (task.isDrifted()) {
      task.driftedBecause(task.memory.causeOf(task.declaration));
    }
    if (!wouldApply(task)) {
      task.end(task.asFound(), whyLeftAlone(task));
      return;
    }
    if (errand.isCut()) {
      task.end(Outcome.SKIPPED, "the connection was lost before its turn");
      return;
    }
    String passedOver = job.isGuarded() ? "" : BypassedGuards.by(task, errand.now());
    if (task.isDrifted()) {
      loop.journal().driftFound(job, agent, task, revision);
      loop.incidents().applying(job, agent, task, revision);
    }
    task.memory.tries(task.declaration);
    loop.reach("apply");
    applies.run(task, job.isForced());
    task.explain(passedOver);
    anythingApplied |= task.wasApplied();
    if (errand.isCancelled() && task.outcome() != Outcome.UNKNOWN) {
      task.end(Outcome.CANCELLED, loop.whyCancelled(job.agent));
    }
  }

  private boolean isFresh(TaskRun task) {
    return task.steps.stream()
        .allMatch(run -> run.isFresh(errand.now(), errand.applies(), loop.settings().freshness()));
  }

  /** A manual run bypasses policy and back-off (rule 23). */
  private boolean wouldApply(TaskRun task) {
    if (!job.isGuarded()) {
      return task.isDrifted() || (job.isForced() && task.isInSync());
    }
    return task.isDrifted()
        && task.policy.applies()
        && !task.memory.isHeld(task.declaration, errand.now());
  }

  private String whyLeftAlone(TaskRun task) {
    if (!task.policy.applies()) {
      return "drift policy is " + task.policy + "; " + task.firstProblem();
    }
    return "held back until "
        + task.memory.heldUntil()
        + " after "
        + task.memory.failures()
        + " failed in a row; "
        + task.firstProblem();
  }

  private String unreachableBecause(TaskRun task) {
    String known = errand.link().unreachableBecause();
    String why = known != null ? known : task.firstProblem();
    return anythingApplied ? "the connection was lost before its turn: " + why : why;
  }

  private void remember(TaskRun task) {
    job.agent.lane().throwIfAbandoned();
    switch (task.outcome()) {
      case IN_SYNC, REMEDIATED -> task.memory.sawInSync(task.declaration, loop.scheduler().now());
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
    task.memory.failed(errand.now(), loop.scheduler().now(), loop.scheduler().random());
  }

  boolean isDone() {
    return done;
  }

  /** Whether tasks of this round are still to be decided, which needs a permit to apply. */
  boolean wantsToMend() {
    return !done && !round.isEmpty() && job.kind != AgentJob.Kind.PLAN;
  }

  HostAccess errand() {
    return errand;
  }

  /** Ends every task that has not ended: exactly one outcome each, whatever happened (rule 19). */
  List<TaskReport> report(Outcome unlessEnded, String why) {
    for (TaskRun task : tasks) {
      if (!task.hasEnded()) {
        task.end(unlessEnded, why);
      }
    }
    return tasks.stream().map(task -> task.report(agent.name(), revision.id())).toList();
  }

  List<TaskRun> tasks() {
    return tasks;
  }

  Agent agent() {
    return agent;
  }

  List<PlannedTask> plan() {
    return PlanAssembler.of(agent.name(), tasks);
  }
}
