package dev.fluke.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All tasks of one revision, in order. Immutable. */
public final class Manifest {
  private static final Manifest EMPTY = new Manifest(List.of());

  private final List<Task> tasks;
  private final Map<String, Task> byName = new HashMap<>();

  private Manifest(List<Task> tasks) {
    this.tasks = tasks;
    tasks.forEach(task -> byName.put(task.name(), task));
  }

  /**
   * These tasks, in this order.
   *
   * @throws IllegalArgumentException if two have the same name, case aside; names all of those
   */
  public static Manifest of(Task... tasks) {
    return of(List.of(tasks));
  }

  /** As {@link #of(Task...)}. */
  public static Manifest of(List<Task> tasks) {
    List<String> problems = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    for (Task task : tasks) {
      String other = seen.putIfAbsent(task.name().toLowerCase(Locale.ROOT), task.name());
      if (other != null) {
        problems.add("two tasks named '%s' and '%s'".formatted(other, task.name()));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "manifest: %s; task names are unique, case aside".formatted(String.join("; ", problems)));
    }
    return new Manifest(List.copyOf(tasks));
  }

  /** No tasks at all. */
  public static Manifest empty() {
    return EMPTY;
  }

  /** The tasks, in order; unmodifiable. */
  public List<Task> tasks() {
    return tasks;
  }

  /** The task of this name, if there is one. */
  public Optional<Task> task(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The names of its tasks. */
  @Override
  public String toString() {
    return "manifest of " + tasks;
  }
}
