package dev.fluke.manifest;

import static java.util.Objects.requireNonNull;

import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The known kinds of steps, by name. */
final class Kinds {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private Kinds() {}

  /**
   * The given kinds, and those that the service loader finds.
   *
   * @throws IllegalStateException if any of them is invalid; the message names every mistake
   */
  static Map<String, ExecutorKind> of(@Nullable ClassLoader loader, List<ExecutorKind> given) {
    List<String> problems = new ArrayList<>();
    Map<String, ExecutorKind> kinds = new TreeMap<>();
    given.forEach(kind -> add(kind, kinds, problems));
    if (loader != null) {
      try {
        ServiceLoader.load(ExecutorKind.class, loader).forEach(kind -> add(kind, kinds, problems));
      } catch (ServiceConfigurationError e) {
        problems.add("a kind can't be loaded: " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException("kinds: " + String.join("; ", problems));
    }
    return Map.copyOf(kinds);
  }

  private static void add(
      ExecutorKind kind, Map<String, ExecutorKind> kinds, List<String> problems) {
    String name = requireNonNull(kind.name(), "name of a kind");
    ExecutorKind other = kinds.putIfAbsent(name, kind);
    if (other != null && other.getClass() != kind.getClass()) {
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

  private static String origin(ExecutorKind kind) {
    CodeSource source = kind.getClass().getProtectionDomain().getCodeSource();
    return kind.getClass().getName()
        + (source == null || source.getLocation() == null ? "" : " in " + source.getLocation());
  }
}
