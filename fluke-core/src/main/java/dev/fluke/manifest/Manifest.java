package dev.fluke.manifest;

import dev.fluke.text.FileProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All tasks of one revision, in order. Immutable.
 *
 * <p>It has no JSON form: Jackson, Gson and their like fail on it, or leave out secrets and more.
 */
public final class Manifest {
  private static final Manifest EMPTY = new Manifest(List.of(), List.of());

  private final List<Task> tasks;
  private final List<NamedSecret> namedSecrets;
  private final Map<String, Task> byName = new HashMap<>();

  /**
   * A place of a manifest file that names a secret, as in {@code { secret: NAME }}.
   *
   * @param name the name of the secret
   * @param place where it is; its message says which field of which step it is
   */
  public record NamedSecret(String name, FileProblem place) {

    /**
     * The error that nobody supplies it.
     *
     * @param hint what to do, such as {@code ; did you mean 'api-token'?}
     */
    public FileProblem missing(String hint) {
      String message =
          "%s: nobody supplies the secret '%s'%s".formatted(place.message(), name, hint);
      return new FileProblem(place.file(), place.line(), place.column(), message);
    }
  }

  private Manifest(List<Task> tasks, List<NamedSecret> namedSecrets) {
    this.tasks = tasks;
    this.namedSecrets = namedSecrets;
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
    return new Manifest(List.copyOf(tasks), List.of());
  }

  Manifest naming(List<NamedSecret> secrets) {
    return new Manifest(tasks, List.copyOf(secrets));
  }

  /** No tasks at all. */
  public static Manifest empty() {
    return EMPTY;
  }

  /** The tasks, in order; unmodifiable. */
  public List<Task> tasks() {
    return tasks;
  }

  /** The places of its files that name secrets, in order; unmodifiable, empty for code. */
  public List<NamedSecret> namedSecrets() {
    return namedSecrets;
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
