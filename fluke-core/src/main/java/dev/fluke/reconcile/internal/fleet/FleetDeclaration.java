package dev.fluke.reconcile.internal.fleet;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.memory.DeclaredTask;
import dev.fluke.text.DidYouMean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds problems and warnings in how agents and manifests are declared together. */
public final class FleetDeclaration {
  private static final int MOST_NAMES = 10;
  private static final int MOST_WARNINGS = 1_000;

  private FleetDeclaration() {}

  /** Every reason why these agents cannot be managed together; empty if there is none. */
  public static List<String> problems(Collection<Agent> agents) {
    List<String> problems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Map<String, List<Agent>> byAddress = new LinkedHashMap<>();
    for (Agent agent : agents) {
      if (!names.add(agent.name().toLowerCase(Locale.ROOT))) {
        problems.add(
            "two agents named '%s'; agent names are unique, case aside".formatted(agent.name()));
      }
      byAddress.computeIfAbsent(agent.address(), address -> new ArrayList<>()).add(agent);
    }
    byAddress.forEach(
        (address, same) -> {
          if (same.size() > 1 && !same.stream().allMatch(Agent::sharesAddress)) {
            problems.add(
                "agents %s have one address, %s; if that is meant, call sharingAddress() on each"
                    .formatted(same.stream().map(a -> "'" + a.name() + "'").toList(), address));
          }
        });
    return problems;
  }

  /** What executors said about a task. Does not wait for it. */
  public interface Known {
    /** What is known; null as long as it was not asked. */
    @Nullable DeclaredTask of(Task task);
  }

  /**
   * Selectors that match no agent, unknown labels, and what executors warn of; never errors. From
   * 1,000 on, the last one says that other tasks were not looked through.
   */
  public static List<String> warnings(Manifest manifest, Collection<Agent> agents, Known known) {
    Set<String> keys = new TreeSet<>();
    agents.forEach(agent -> keys.addAll(agent.labels().keySet()));
    List<String> warnings = new ArrayList<>();
    for (Task task : manifest.tasks()) {
      if (warnings.size() >= MOST_WARNINGS) {
        warnings.add(
            "there are %,d warnings; '%s' and the tasks after it can have more"
                .formatted(warnings.size(), task.name()));
        break;
      }
      if (!agents.isEmpty()) {
        selectorWarnings(task, agents, keys)
            .forEach(warning -> warnings.add("task '%s': %s".formatted(task.name(), warning)));
      }
      DeclaredTask declared = known.of(task);
      if (declared != null) {
        declaredWarnings(task, declared, agents)
            .forEach(warning -> warnings.add("task '%s': %s".formatted(task.name(), warning)));
      }
    }
    return warnings;
  }

  private static List<String> selectorWarnings(
      Task task, Collection<Agent> agents, Set<String> keys) {
    List<String> warnings = new ArrayList<>();
    if (agents.stream().noneMatch(task.selector()::matches)) {
      warnings.add("its selector matches no agent: " + task.selector());
    }
    for (String key : task.selector().keys()) {
      if (!keys.contains(key)) {
        warnings.add("no agent has a label '%s'%s".formatted(key, DidYouMean.hint(key, keys)));
      }
    }
    return warnings;
  }

  private static List<String> declaredWarnings(
      Task task, DeclaredTask declared, Collection<Agent> agents) {
    List<String> warnings = new ArrayList<>(declared.warnings());
    if (declared.needsHost()) {
      List<String> left =
          agents.stream()
              .filter(agent -> agent.transport().isEmpty() && task.selector().matches(agent))
              .map(agent -> "'" + agent.name() + "'")
              .toList();
      if (!left.isEmpty()) {
        String more =
            left.size() > MOST_NAMES ? " and %d more".formatted(left.size() - MOST_NAMES) : "";
        warnings.add(
            "its steps need a host; it leaves out agents without a transport: %s%s"
                .formatted(
                    String.join(", ", left.subList(0, Math.min(left.size(), MOST_NAMES))), more));
      }
    }
    return warnings;
  }
}
