package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.executor.Executor;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.request.Scope;
import dev.fluke.text.DidYouMean;
import dev.fluke.text.ErrorText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The agents that are managed now. Changes come one at a time; reading needs no lock. */
final class Fleet {
  private final Map<String, ManagedAgent> agents = new ConcurrentSkipListMap<>();

  Collection<ManagedAgent> all() {
    return agents.values();
  }

  Set<String> names() {
    return agents.keySet();
  }

  @Nullable ManagedAgent find(String name) {
    return agents.get(name);
  }

  List<ManagedAgent> in(Scope scope) {
    if (scope.agent().isEmpty()) {
      return List.copyOf(agents.values());
    }
    ManagedAgent one = agents.get(scope.agent().get());
    return one == null ? List.of() : List.of(one);
  }

  void add(ManagedAgent agent) {
    agents.put(agent.name(), agent);
  }

  void remove(ManagedAgent agent) {
    agents.remove(agent.name(), agent);
  }

  List<Agent> declared() {
    return agents.values().stream().map(ManagedAgent::agent).toList();
  }

  /** Everything that is wrong with these agents together; empty if nothing is. */
  static List<String> problems(Collection<Agent> agents) {
    List<String> problems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Map<String, List<Agent>> byAddress = new LinkedHashMap<>();
    for (Agent agent : agents) {
      if (!names.add(agent.name().toLowerCase(Locale.ROOT))) {
        problems.add("two agents named '" + agent.name() + "'; agent names are unique, case aside");
      }
      byAddress.computeIfAbsent(agent.address(), address -> new ArrayList<>()).add(agent);
    }
    byAddress.forEach(
        (address, same) -> {
          if (same.size() > 1 && !same.stream().allMatch(Agent::sharesAddress)) {
            problems.add(
                "agents "
                    + same.stream().map(agent -> "'" + agent.name() + "'").toList()
                    + " have one address, "
                    + address
                    + "; if that is meant, call sharingAddress() on each");
          }
        });
    return problems;
  }

  /** Selectors that match nobody, and keys that no agent has: seldom meant, never an error. */
  static List<String> warnings(Manifest manifest, Collection<Agent> agents) {
    Set<String> keys = new TreeSet<>();
    agents.forEach(agent -> keys.addAll(agent.labels().keySet()));
    List<String> warnings = new ArrayList<>();
    for (Task task : manifest.tasks()) {
      if (!agents.isEmpty() && agents.stream().noneMatch(task.selector()::matches)) {
        warnings.add(
            "task '" + task.name() + "': its selector matches no agent: " + task.selector());
      }
      for (String key : task.selector().keys()) {
        if (!keys.contains(key) && !agents.isEmpty()) {
          warnings.add(
              "task '"
                  + task.name()
                  + "': no agent has a label '"
                  + key
                  + "'"
                  + DidYouMean.hint(key, keys));
        }
      }
      task.steps()
          .forEach(
              step ->
                  lint(step.executor())
                      .forEach(
                          warning ->
                              warnings.add(
                                  "task '"
                                      + task.name()
                                      + "': step '"
                                      + step.name()
                                      + "': "
                                      + warning)));
    }
    return warnings;
  }

  private static List<String> lint(Executor executor) {
    try {
      return executor.warnings();
    } catch (Throwable t) {
      return List.of("its warnings() failed: " + ErrorText.of(t));
    }
  }
}
