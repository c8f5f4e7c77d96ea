package dev.fluke.reconcile.internal.cycle;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.command.Mask;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Difference;
import dev.fluke.executor.Executor;
import dev.fluke.manifest.OnFailure;
import dev.fluke.manifest.Step;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.config.LoopSettings.CallLimits;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.StepReport;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One step in one cycle: its latest check, and what became of it. */
final class StepRun {
  final Step step;
  final Duration checkLimit;
  final Duration applyLimit;
  final Mask mask;
  private final boolean namesSecrets;
  private @Nullable Executor supplied;
  private CheckResult latest = CheckResult.unknown("not asked");
  private boolean answered;
  private long askedAt;
  private long appliesBefore;
  private List<Difference> firstDifferences = List.of();
  private @Nullable StepOutcome outcome;
  private String message = "";
  private String output = "";
  private boolean endNotKnown;
  private boolean applied;
  private boolean usesHost;
  private List<Command> checkCommands = List.of();

  /**
   * A step that is about to be checked.
   *
   * @param mask has the secrets of this walk
   * @param namesSecrets whether its task has secrets that a secret source supplies
   */
  StepRun(Step step, Agent agent, LoopSettings settings, Mask mask, boolean namesSecrets) {
    this.step = step;
    this.mask = mask;
    this.namesSecrets = namesSecrets;
    CallLimits limits = settings.times().limits();
    this.checkLimit = step.checkTimeout().or(agent::checkLimit).orElse(limits.check());
    this.applyLimit = step.timeout().or(agent::applyLimit).orElse(limits.apply());
  }

  /** Its executor with the secrets of this walk. Calls code of the user, so call it in a guard. */
  Executor executor() {
    if (!namesSecrets) {
      return step.executor();
    }
    Executor known = supplied;
    if (known == null) {
      Executor declared = step.executor();
      known =
          NullAnswerException.refuse(
              declared.withSecrets(mask::learn), declared, "withSecrets(..)");
      supplied = known;
    }
    return known;
  }

  /** Keeps the result of a check that ran at this time, after so many applies on the host. */
  void checked(CheckResult result, boolean wasAnswered, long at, long applies) {
    latest = result.map(mask::hide);
    answered = wasAnswered;
    askedAt = at;
    appliesBefore = applies;
    if (firstDifferences.isEmpty() && latest instanceof CheckResult.Drifted drifted) {
      firstDifferences = drifted.differences();
    }
  }

  /** Rule 13: nothing was applied on the host since it was asked, and that is not long ago. */
  boolean isFresh(HostAccess access) {
    long age = access.now() - askedAt;
    return access.applies() == appliesBefore && age < LoopSettings.FRESHNESS.toNanos();
  }

  /** Its check runs these commands; it shows them if it and the apply disagree. */
  void checksBy(List<Command> commands) {
    usesHost = !commands.isEmpty();
    checkCommands = commands;
  }

  /** Whether its latest check asked the host. */
  void askedHost(boolean asked) {
    usesHost = asked;
  }

  /** Whether its apply holds the host's lock. */
  boolean usesHost() {
    return usesHost;
  }

  /** Its check's commands, or the name of its executor's class. */
  String checkText() {
    return step.executor() instanceof BatchedCheck
        ? checkCommands.stream().map(Command::toString).collect(Collectors.joining("; "))
        : step.executor().getClass().getSimpleName();
  }

  void applied() {
    applied = true;
  }

  /** Whether its apply was called. */
  boolean wasApplied() {
    return applied;
  }

  /** Its apply failed, and its commands printed this. */
  void failedPrinting(String excerpt) {
    output = excerpt;
  }

  CheckResult latest() {
    return latest;
  }

  boolean answered() {
    return answered;
  }

  boolean isDrifted() {
    return latest instanceof CheckResult.Drifted;
  }

  boolean isInSync() {
    return latest instanceof CheckResult.InSync;
  }

  void end(StepOutcome how, String why) {
    outcome = how;
    message = mask.hide(why);
  }

  void endNotKnown(String why) {
    end(StepOutcome.UNKNOWN, why);
    endNotKnown = true;
  }

  boolean isEndNotKnown() {
    return endNotKnown;
  }

  /** What became of it; what its latest check says, if nothing was done. */
  StepOutcome outcome() {
    if (outcome != null) {
      return outcome;
    }
    return latest.fold(
        inSync -> StepOutcome.IN_SYNC,
        drifted -> StepOutcome.DRIFTED,
        unknown -> StepOutcome.UNKNOWN);
  }

  /** Whether what became of it keeps the steps after it from running. */
  boolean stopsOthers() {
    boolean bad =
        switch (outcome()) {
          case FAILED, NON_CONVERGENT, UNKNOWN -> true;
          case IN_SYNC, DRIFTED, APPLIED, NOT_RUN -> false;
        };
    return bad && step.onFailure() == OnFailure.ABORT;
  }

  /** The step as messages name it. */
  String name() {
    return step.name();
  }

  StepReport report() {
    return new StepReport(step.name(), outcome(), firstDifferences, reason(), output);
  }

  /** Why it ended so; empty if there is nothing to add. */
  String reason() {
    return message.isEmpty() && !isInSync() ? latest.toString() : message;
  }
}
