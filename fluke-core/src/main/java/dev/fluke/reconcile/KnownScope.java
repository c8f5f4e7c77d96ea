package dev.fluke.reconcile;

import dev.fluke.manifest.DidYouMean;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import java.util.List;
import java.util.Optional;

/** Holds a scope against the fleet and the manifest. */
final class KnownScope {
  private KnownScope() {}

  /**
   * Notes for the report, if the scope matches nothing.
   *
   * @throws IllegalArgumentException if it names a task or an agent that there is not
   */
  static List<String> check(Scope scope, Fleet fleet, Manifest manifest) {
    scope.agent().ifPresent(name -> requireAgent(name, fleet));
    Optional<Task> task = scope.task().map(name -> known(name, manifest));
    boolean nobody =
        fleet.in(scope).stream()
            .noneMatch(agent -> task.isEmpty() || task.get().selector().matches(agent.agent()));
    return nobody ? List.of("scope '" + scope + "' matches nothing") : List.of();
  }

  private static void requireAgent(String name, Fleet fleet) {
    if (fleet.find(name) == null) {
      throw new IllegalArgumentException(
          "no agent '" + name + "'" + DidYouMean.hint(name, fleet.names()));
    }
  }

  private static Task known(String name, Manifest manifest) {
    List<String> names = manifest.tasks().stream().map(Task::name).toList();
    return manifest
        .task(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no task '" + name + "'" + DidYouMean.hint(name, names)));
  }
}
