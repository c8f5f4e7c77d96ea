package dev.fluke.reconcile.internal.incident;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Values by subject, which can also be found by agent. Guarded by its owner. */
final class SubjectMap<T> {
  private final Map<String, Map<Subject, T>> all = new HashMap<>(); // by agent

  @Nullable T get(Subject subject) {
    Map<Subject, T> ofAgent = all.get(subject.agent());
    return ofAgent == null ? null : ofAgent.get(subject);
  }

  void put(Subject subject, T value) {
    all.computeIfAbsent(subject.agent(), none -> new HashMap<>(4)).put(subject, value);
  }

  void remove(Subject subject) {
    Map<Subject, T> ofAgent = all.get(subject.agent());
    if (ofAgent != null && ofAgent.remove(subject) != null && ofAgent.isEmpty()) {
      all.remove(subject.agent());
    }
  }

  /** Removes the values of those subjects of an agent that the predicate accepts. */
  void removeIf(String agent, Predicate<Subject> which) {
    Map<Subject, T> ofAgent = all.get(agent);
    if (ofAgent != null && ofAgent.keySet().removeIf(which) && ofAgent.isEmpty()) {
      all.remove(agent);
    }
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
