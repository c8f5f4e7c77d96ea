package dev.fluke.cli.http;

import dev.fluke.agent.Agent;
import dev.fluke.cli.access.Caller;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.request.Scope;
import dev.fluke.text.DidYouMean;
import java.util.List;
import java.util.function.Predicate;

/**
 * Keeps the plans and manual runs of a caller on his agents. What it refuses, it refuses with the
 * same response whether the other agents exist or not.
 */
record ScopeAccess(Caller caller, Reconciler reconciler) {
  private static final int SHOWN = 10;

  /**
   * The scope that runs in place of the requested one. It contains the selector of the caller, so
   * that the reconciler asks it again when a run begins on an agent.
   *
   * @throws ApiException with 403 if the caller may not act on the whole scope
   */
  Scope within(Scope scope) {
    if (!caller.isRestricted()) {
      return scope;
    }
    List<Agent> all = agents();
    List<Agent> own = own(all);
    scope.agent().ifPresent(name -> requireAgent(name, own));
    scope.task().ifPresent(name -> requireTask(name, own));
    List<Agent> covered = all.stream().filter(covered(scope)).toList();
    List<Agent> ownCovered = own.stream().filter(covered::contains).toList();
    boolean isWithin = ownCovered.size() == covered.size();
    boolean coversNone = own.stream().noneMatch(scope::coversAgent);
    if (!isWithin || coversNone || (covered.isEmpty() && mustCover(scope))) {
      throw new ApiException(
          403,
          "'%s' may not act on all agents of the scope '%s'; it may act on %s"
              .formatted(caller.name(), scope, shown(ownCovered.isEmpty() ? own : ownCovered)));
    }
    return narrowed(scope);
  }

  /** Before the first poll, no agent has a task. */
  private boolean mustCover(Scope scope) {
    return scope.agent().isEmpty() && !reconciler.manifest().tasks().isEmpty();
  }

  private Scope narrowed(Scope scope) {
    try {
      return scope.on(caller.on());
    } catch (IllegalArgumentException e) {
      throw new ApiException(400, String.valueOf(e.getMessage()));
    }
  }

  /** The agents on which at least one task of the scope is declared. */
  private Predicate<Agent> covered(Scope scope) {
    List<Task> tasks =
        reconciler.manifest().tasks().stream()
            .filter(task -> scope.coversTask(task.name()))
            .toList();
    return agent ->
        scope.coversAgent(agent) && tasks.stream().anyMatch(task -> task.selector().matches(agent));
  }

  private void requireAgent(String name, List<Agent> own) {
    List<String> names = own.stream().map(Agent::name).toList();
    if (!names.contains(name)) {
      throw new ApiException(
          403,
          "agent '%s' is not one of the agents of '%s'%s"
              .formatted(name, caller.name(), DidYouMean.hint(name, names)));
    }
  }

  /**
   * Refuses a task of others and one that no source declares alike. A poll, which could bring it,
   * would tell them apart.
   */
  private void requireTask(String name, List<Agent> own) {
    List<String> ofOwn =
        reconciler.manifest().tasks().stream()
            .filter(task -> own.stream().anyMatch(task.selector()::matches))
            .map(Task::name)
            .toList();
    if (!ofOwn.contains(name)) {
      throw noTask(name, ofOwn);
    }
  }

  private ApiException noTask(String name, List<String> known) {
    return new ApiException(
        403,
        "task '%s' is for none of the agents of '%s'%s"
            .formatted(name, caller.name(), DidYouMean.hint(name, known)));
  }

  /** The response for a scope with names that the reconciler does not know. */
  ApiException unknown(Scope scope, String message) {
    if (!caller.isRestricted()) {
      return new ApiException(404, message);
    }
    scope.agent().ifPresent(name -> requireAgent(name, own(agents())));
    return noTask(
        scope.task().orElse(""),
        new CallerView(caller, reconciler).tasks().stream().map(Task::name).toList());
  }

  private List<Agent> agents() {
    return reconciler.status().agents().stream().map(CallerView::declared).toList();
  }

  private List<Agent> own(List<Agent> agents) {
    return agents.stream().filter(caller.on()::matches).toList();
  }

  private static String shown(List<Agent> agents) {
    List<String> names = agents.stream().map(Agent::name).limit(SHOWN).toList();
    if (names.isEmpty()) {
      return "none of them";
    }
    int more = agents.size() - names.size();
    return String.join(", ", names) + (more > 0 ? " and %d more".formatted(more) : "");
  }
}
