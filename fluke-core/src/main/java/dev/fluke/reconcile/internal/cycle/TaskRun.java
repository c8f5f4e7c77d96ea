package dev.fluke.reconcile.internal.cycle;

import dev.fluke.agent.Agent;
import dev.fluke.command.Mask;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.reconcile.internal.guards.FleetCounters;
import dev.fluke.reconcile.internal.guards.GuardAnswers;
import dev.fluke.reconcile.internal.memory.Declaration;
import dev.fluke.reconcile.internal.memory.DeclaredTask;
import dev.fluke.reconcile.internal.memory.TaskState;
import dev.fluke.report.EndedTask;
import dev.fluke.report.Outcome;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.TaskReport;
import dev.fluke.time.Scheduler;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One task in one cycle. */
final class TaskRun {
  final Task task;
  final TaskState state;
  final List<StepRun> steps;
  final Declaration declaration;
  final boolean declared;
  final DriftPolicy policy;
  private final Mask mask;
  private @Nullable DriftCause cause;
  private @Nullable TaskEnd end;
  private GuardAnswers answers = GuardAnswers.ALL_APPLY;
  private FleetCounters.@Nullable Place place;
  private String bypassed = "";
  private boolean sent;
  private boolean applied;
  private boolean remembered;
  private long decidedAfter;
  private long askedAgainAfter = -1;

  /** Has ended already if what it declares is not known: then nothing can be checked. */
  TaskRun(
      Task task,
      DeclaredTask declared,
      Agent agent,
      TaskState state,
      LoopSettings settings,
      Mask mask) {
    this.task = task;
    this.state = state;
    this.mask = mask;
    boolean names = !declared.declaration().secretNames().isEmpty();
    this.steps =
        task.steps().stream().map(step -> new StepRun(step, agent, settings, mask, names)).toList();
    this.declaration = declared.declaration();
    this.declared = declared.isKnown();
    this.policy = task.policy().orElse(settings.defaultPolicy());
    if (!declared.isKnown()) {
      end(Outcome.UNKNOWN, declared.problem());
    }
  }

  /** Whether a step's check is known to be slow: such a task is decided after the others. */
  boolean isSlow() {
    return steps.stream().anyMatch(run -> state.isSlow(run.step.name()));
  }

  /** Whether a check of it surely asks the host. */
  boolean asksTheHost() {
    return steps.stream().anyMatch(run -> run.step.executor() instanceof BatchedCheck);
  }

  boolean isAnswered() {
    return steps.stream().anyMatch(StepRun::answered);
  }

  /** Rule 13: whether every check still counts. */
  boolean isFresh(HostAccess access) {
    return steps.stream().allMatch(run -> run.isFresh(access));
  }

  /**
   * Rule 13: whether its checks are asked again before they count. A drifted one is asked again
   * under the host's lock only.
   */
  boolean isToBeAskedAgain(HostAccess access) {
    return !isDrifted() && !isFresh(access) && askedAgainAfter != access.applies();
  }

  /** Its checks were asked again, after so many applies on the host. */
  void askedAgain(long applies) {
    askedAgainAfter = applies;
  }

  /** Rule 11: drifted if a step is. */
  boolean isDrifted() {
    return steps.stream().anyMatch(StepRun::isDrifted);
  }

  boolean isInSync() {
    return steps.stream().allMatch(StepRun::isInSync);
  }

  void driftedBecause(DriftCause why) {
    cause = why;
  }

  /** What the guards said when it was decided. */
  void leftAloneBy(GuardAnswers said) {
    answers = said;
  }

  GuardAnswers answers() {
    return answers;
  }

  /** Why a guard leaves it alone, for people; empty if none does. */
  String heldBecause() {
    return mask.hide(answers.reason());
  }

  /** Its first step is about to be applied. */
  void begins(FleetCounters.Place taken, String guardsBypassed) {
    place = taken;
    bypassed = guardsBypassed;
  }

  boolean hasPlace() {
    return place != null;
  }

  /** Which guards a manual run bypassed; empty if none, or if nothing was applied. */
  String bypassed() {
    return bypassed;
  }

  void end(TaskEnd how) {
    end = new TaskEnd(how.outcome(), mask.hide(how.reason()));
    if (place != null && sent) {
      place.ended(how.outcome());
    } else if (place != null) {
      place.giveBack();
    }
  }

  void end(Outcome outcome, String why) {
    end(new TaskEnd(outcome, why));
  }

  boolean hasEnded() {
    return end != null;
  }

  Outcome outcome() {
    return end == null ? Outcome.CANCELLED : end.outcome();
  }

  /** Why it ended so; empty if nothing was said. */
  String reason() {
    return end == null ? "" : end.reason();
  }

  /** Its first or next step is about to be sent: the declaration counts as tried. */
  void sends() {
    if (!sent) {
      sent = true;
      state.tries(declaration);
    }
  }

  void applied() {
    applied = true;
  }

  boolean wasApplied() {
    return applied;
  }

  /** How many applies the host had seen when it was decided. */
  void decidedAfter(long applies) {
    decidedAfter = applies;
  }

  long decidedAfter() {
    return decidedAfter;
  }

  /** Rule 11 for a task that is left alone: drifted if a step is, else unknown, else in sync. */
  Outcome asFound() {
    if (isDrifted()) {
      return Outcome.DRIFTED;
    }
    return isInSync() ? Outcome.IN_SYNC : Outcome.UNKNOWN;
  }

  /** Rule 19 for a task whose steps were run: the first of this ladder that a step fits. */
  TaskEnd endBySteps() {
    Outcome outcome = Outcome.IN_SYNC;
    for (Rung rung : Rung.values()) {
      if (steps.stream().anyMatch(rung::fits)) {
        outcome = rung.outcome;
        break;
      }
    }
    return new TaskEnd(outcome, firstProblem());
  }

  /** What a step can make of its task, the worst first. */
  private enum Rung {
    END_NOT_KNOWN(Outcome.UNKNOWN),
    FAILED(Outcome.FAILED),
    NON_CONVERGENT(Outcome.NON_CONVERGENT),
    UNKNOWN(Outcome.UNKNOWN),
    DRIFTED(Outcome.DRIFTED),
    REMEDIATED(Outcome.REMEDIATED);

    private final Outcome outcome;

    Rung(Outcome outcome) {
      this.outcome = outcome;
    }

    boolean fits(StepRun step) {
      return switch (this) {
        case END_NOT_KNOWN -> step.isEndNotKnown();
        case FAILED -> step.outcome() == StepOutcome.FAILED;
        case NON_CONVERGENT -> step.outcome() == StepOutcome.NON_CONVERGENT;
        case UNKNOWN -> step.outcome() == StepOutcome.UNKNOWN;
        case DRIFTED -> step.outcome() == StepOutcome.DRIFTED;
        case REMEDIATED -> step.outcome() == StepOutcome.APPLIED;
      };
    }
  }

  /** The message of the first step that ended badly. */
  String firstProblem() {
    return steps.stream()
        .filter(run -> run.outcome() != StepOutcome.IN_SYNC && run.outcome() != StepOutcome.APPLIED)
        .filter(run -> run.outcome() != StepOutcome.NOT_RUN)
        .findFirst()
        .map(run -> "step '%s': %s".formatted(run.name(), run.report().message()))
        .orElse("");
  }

  /** Keeps what the next cycle needs to know: in sync, or a failure that holds it back. */
  void remember(HostAccess access, Scheduler scheduler) {
    if (cause != null && !remembered) {
      state.drifted(cause, access.now());
    }
    remembered = true;
    switch (outcome()) {
      case IN_SYNC, REMEDIATED -> state.sawInSync(declaration, scheduler.now(), access.now());
      case FAILED, NON_CONVERGENT -> holdBack(access, scheduler);
      case UNKNOWN -> {
        boolean abandoned = sent && !applied;
        if (abandoned || steps.stream().anyMatch(StepRun::isEndNotKnown)) {
          holdBack(access, scheduler);
        }
      }
      case CANCELLED, UNREACHABLE, SKIPPED, DRIFTED -> {}
    }
  }

  private void holdBack(HostAccess access, Scheduler scheduler) {
    state.failed(access.now(), scheduler.now(), scheduler.random());
  }

  /** How it ended, or how it was found. */
  EndedTask ended(Agent agent, String revision, CycleRequest request) {
    return new EndedTask(
        agent,
        report(agent.name(), revision).in(request.id()).remarking(state.remark()),
        applied,
        answers.remediationStatus(),
        request.cycle(),
        request.asked());
  }

  private TaskReport report(String agent, String revision) {
    boolean looked = isAnswered();
    return TaskReport.of(
        agent,
        new TaskReport.Declared(task.name(), policy, revision),
        new TaskReport.End(outcome(), reason(), Optional.ofNullable(cause)),
        looked ? steps.stream().map(StepRun::report).toList() : List.of());
  }
}
