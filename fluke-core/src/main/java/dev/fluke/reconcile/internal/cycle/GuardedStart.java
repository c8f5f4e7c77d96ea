package dev.fluke.reconcile.internal.cycle;

import dev.fluke.agent.Agent;
import dev.fluke.guard.GuardInput;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.reconcile.internal.guards.FleetCounters;
import dev.fluke.reconcile.internal.guards.GuardAnswers;
import dev.fluke.reconcile.internal.guards.GuardList;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the guards about drifted tasks: without a lock, to find out what would happen; and once more
 * just before a task's first apply, which takes its place in the task's counters.
 */
final class GuardedStart {
  private final CycleContext context;
  private final CycleRequest request;
  private final Turn turn;
  private final HostAccess access;
  private final RightToAct right;
  private final Agent agent;

  GuardedStart(
      CycleContext context, CycleRequest request, Turn turn, HostAccess access, RightToAct right) {
    this.context = context;
    this.request = request;
    this.turn = turn;
    this.access = access;
    this.right = right;
    this.agent = turn.agent();
  }

  /** Whether the task would be applied; a manual run bypasses policy and back-off (rule 23). */
  boolean wouldApply(TaskRun task) {
    if (!task.isDrifted() && !(request.isForced() && task.isInSync())) {
      return false;
    }
    task.leftAloneBy(ask(task));
    return task.answers().allow();
  }

  /** What the guards say now; for a manual run, only those that bind it. */
  GuardAnswers ask(TaskRun task) {
    return binding(context.guards().ask(inputOf(task), limited(task)));
  }

  private GuardAnswers binding(GuardAnswers answers) {
    return request.isGuarded() ? answers : answers.ofManualRun();
  }

  private GuardList.Limited limited(TaskRun task) {
    return (what, call) ->
        access.call(what + " about task '" + task.task.name() + "'", limit(), call);
  }

  private Duration limit() {
    return context.settings().times().limits().check();
  }

  /**
   * The last question before the first command of a step, under the host's lock: whether it may
   * begin. The first step of a task also takes the task's place.
   *
   * @return how the task ends instead; empty if the step begins
   */
  Optional<TaskEnd> whyNotBegin(TaskRun task) {
    if (task.hasPlace()) {
      return right.whyNotBegin(task.task);
    }
    GuardInput input = inputOf(task);
    GuardAnswers foreign = context.guards().foreign(input, limited(task));
    Optional<TaskEnd> refused = right.whyNotBegin(task.task);
    if (refused.isPresent()) {
      return refused;
    }
    GuardAnswers[] answers = {foreign};
    Optional<FleetCounters.Place> place =
        context
            .guards()
            .counters()
            .take(
                task.task.name(),
                task.declaration,
                fleet -> {
                  answers[0] = foreign.and(context.guards().builtIn(in(fleet, input)));
                  return binding(answers[0]).allow();
                });
    if (place.isEmpty()) {
      GuardAnswers left = binding(answers[0]);
      task.leftAloneBy(left);
      return Optional.of(new TaskEnd(task.asFound(), left.reason() + "; " + task.firstProblem()));
    }
    boolean manual = request.kind() == CycleRequest.Kind.MANUAL;
    task.begins(place.get(), manual ? answers[0].bypassed() : "");
    if (task.isDrifted()) {
      turn.applying(task.ended(agent, right.revision().id(), request), task.state);
    }
    return Optional.empty();
  }

  private GuardInput inputOf(TaskRun task) {
    GuardInput.History history =
        new GuardInput.History(
            Optional.of(task.state.causeOf(task.declaration)),
            task.state.failures(),
            Optional.ofNullable(task.state.heldUntil(task.declaration, access.now())));
    GuardInput.Run run =
        switch (request.kind()) {
          case AUTOMATIC -> GuardInput.Run.AUTOMATIC;
          case MANUAL -> GuardInput.Run.MANUAL;
          case PLAN -> GuardInput.Run.PLAN;
        };
    return new GuardInput(
        turn.agent(),
        task.task,
        task.policy,
        history,
        context.guards().counters().of(task.task.name(), task.declaration),
        run,
        context.scheduler().now());
  }

  private static GuardInput in(GuardInput.Fleet fleet, GuardInput input) {
    return new GuardInput(
        input.agent(),
        input.task(),
        input.policy(),
        input.history(),
        fleet,
        input.run(),
        input.now());
  }
}
