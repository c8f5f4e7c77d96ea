package dev.fluke.manifest;

import static java.util.Objects.requireNonNull;

import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.text.ErrorText;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The known kinds of steps, by name. */
final class Kinds {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private Kinds() {}

  /**
   * The given kinds, and those that the service loader finds through any of these class loaders. A
   * kind of the same class counts once; of two copies of it, that of the earlier class loader.
   *
   * @throws IllegalStateException if any of them is invalid; the message names every mistake
   */
  static Map<String, ExecutorKind> of(List<ClassLoader> loaders, List<ExecutorKind> given) {
    List<String> problems = new ArrayList<>();
    Map<String, ExecutorKind> kinds = new TreeMap<>();
    given.forEach(kind -> add(kind, kinds, problems));
    for (ClassLoader loader : loaders) {
      FoundKinds.in(loader, problems).forEach(kind -> add(kind, kinds, problems));
    }
    if (!problems.isEmpty()) {
      List<String> each = problems.stream().distinct().toList();
      throw new IllegalStateException("kinds: " + String.join("; ", each));
    }
    return Map.copyOf(kinds);
  }

  /**
   * The class loaders to ask unless the application names one: the context class loader, which may
   * be null or that of a thread pool, and the one that loaded Fluke.
   */
  static List<ClassLoader> usualLoaders() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader ours = ExecutorKind.class.getClassLoader();
    List<ClassLoader> loaders = new ArrayList<>();
    if (context != null && context != ours && !FoundKinds.areOfAnotherFluke(context)) {
      loaders.add(context);
    }
    loaders.add(ours == null ? ClassLoader.getSystemClassLoader() : ours);
    return loaders;
  }

  /** The methods of a kind are the application's code: what they throw is a problem of the kind. */
  private static void add(
      ExecutorKind kind, Map<String, ExecutorKind> kinds, List<String> problems) {
    try {
      addOrThrow(kind, kinds, problems);
    } catch (RuntimeException | LinkageError e) {
      problems.add("%s failed: %s".formatted(origin(kind), ErrorText.withCauses(e)));
    }
  }

  private static void addOrThrow(
      ExecutorKind kind, Map<String, ExecutorKind> kinds, List<String> problems) {
    String name = requireNonNull(kind.name(), "name of a kind");
    ExecutorKind other = kinds.putIfAbsent(name, kind);
    if (other != null && !isSameClass(other, kind)) {
      problems.add(
          "two are named '%s': %s and %s; remove one of them"
              .formatted(name, origin(other), origin(kind)));
    }
    if (!NAME.matcher(name).matches()) {
      problems.add("'%s' of %s must be letters, digits and _".formatted(name, origin(kind)));
    }
    Set<String> seen = new HashSet<>(Set.of(name));
    StepReader.OF_EVERY_STEP.forEach(field -> seen.add(field.name()));
    for (Field<?> field : kind.fields()) {
      if (!seen.add(field.name())) {
        problems.add(
            "field '%s' of %s has a name that is already in use"
                .formatted(field.name(), origin(kind)));
      }
    }
  }

  /** Also if each of two class loaders has a copy of it. */
  private static boolean isSameClass(ExecutorKind one, ExecutorKind other) {
    return one.getClass().getName().equals(other.getClass().getName());
  }

  private static String origin(ExecutorKind kind) {
    CodeSource source = kind.getClass().getProtectionDomain().getCodeSource();
    return kind.getClass().getName()
        + (source == null || source.getLocation() == null ? "" : " in " + source.getLocation());
  }
}
