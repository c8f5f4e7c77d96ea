package dev.fluke.reconcile;

import dev.fluke.reconcile.Incident.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something kept of each subject, found by subject or by agent. Guarded by who has it. */
final class BySubject<T> {
  private final Map<String, Map<String, T>> all = new HashMap<>(); // by agent, then by task

  @Nullable T get(Subject subject) {
    Map<String, T> ofAgent = all.get(subject.agent());
    return ofAgent == null ? null : ofAgent.get(subject.task());
  }

  void put(Subject subject, T value) {
    all.computeIfAbsent(subject.agent(), none -> new HashMap<>(4)).put(subject.task(), value);
  }

  void remove(Subject subject) {
    Map<String, T> ofAgent = all.get(subject.agent());
    if (ofAgent != null && ofAgent.remove(subject.task()) != null && ofAgent.isEmpty()) {
      all.remove(subject.agent());
    }
  }

  /** Those of the agent whose task is none of these; none is about the agent as a whole. */
  List<T> ofAgentBut(String agent, Collection<String> tasks) {
    List<T> found = new ArrayList<>();
    all.getOrDefault(agent, Map.of())
        .forEach(
            (task, value) -> {
              if (!task.isEmpty() && !tasks.contains(task)) {
                found.add(value);
              }
            });
    return found;
  }

  List<T> ofAgent(String agent) {
    return List.copyOf(all.getOrDefault(agent, Map.of()).values());
  }

  void removeAgent(String agent) {
    all.remove(agent);
  }

  List<T> values() {
    return all.values().stream().flatMap(ofAgent -> ofAgent.values().stream()).toList();
  }
}
