package dev.fluke.reconcile.internal.fleet;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.request.Scope;
import dev.fluke.text.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** Checks a scope against the fleet and the manifest. */
public final class ScopeCheck {
  private ScopeCheck() {}

  /**
   * Checks that a scope names known tasks and agents.
   *
   * @return notes for the report: labels that no agent has, and whether the scope matches nothing
   * @param isFor whether a task is for an agent
   * @param notes what the sources report; part of the message about an unknown task
   * @throws IllegalArgumentException if it names an unknown task or agent
   */
  public static List<String> check(
      Scope scope,
      Fleet fleet,
      Manifest manifest,
      BiPredicate<Task, Agent> isFor,
      List<String> notes) {
    scope.agent().ifPresent(name -> requireAgent(name, fleet));
    scope.task().ifPresent(name -> requireTask(name, manifest, notes));
    List<String> found = new ArrayList<>(unknownLabels(scope, fleet));
    List<Fleet.Member> members = fleet.in(scope);
    boolean nobody =
        manifest.tasks().stream()
            .filter(task -> scope.coversTask(task.name()))
            .noneMatch(
                task -> members.stream().anyMatch(each -> isFor.test(task, each.agent().agent())));
    if (nobody) {
      found.add("scope '%s' matches nothing".formatted(scope));
    }
    return found;
  }

  private static List<String> unknownLabels(Scope scope, Fleet fleet) {
    Set<String> wanted = scope.selector().map(Selector::keys).orElse(Set.of());
    Set<String> known = wanted.isEmpty() ? Set.of() : fleet.labelKeys();
    return wanted.stream()
        .filter(key -> !known.contains(key))
        .sorted()
        .map(key -> "no agent has a label '%s'%s".formatted(key, DidYouMean.hint(key, known)))
        .toList();
  }

  private static void requireAgent(String name, Fleet fleet) {
    if (fleet.find(name) == null) {
      throw new IllegalArgumentException(
          "no agent '%s'%s".formatted(name, DidYouMean.hint(name, fleet.names())));
    }
  }

  private static void requireTask(String name, Manifest manifest, List<String> notes) {
    if (manifest.task(name).isEmpty()) {
      List<String> names = manifest.tasks().stream().map(Task::name).toList();
      throw new IllegalArgumentException(
          "no task '%s'%s%s"
              .formatted(
                  name,
                  DidYouMean.hint(name, names),
                  notes.stream().map(note -> "; " + note).collect(Collectors.joining())));
    }
  }
}
