package dev.fluke.manifest;

import static java.util.Objects.requireNonNull;

import dev.fluke.agent.Names;
import dev.fluke.executor.Executor;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.text.DidYouMean;
import dev.fluke.yaml.internal.Mapping;
import dev.fluke.yaml.internal.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads one step: the kind with the step's name, the kind's fields, and the step's own. */
final class StepReader {
  static final Field<String> ON_FAILURE =
      Field.choice(
              "on_failure", "what its failure means for the steps after it", "abort", "continue")
          .or("abort");
  static final Field<Duration> TIMEOUT =
      Field.duration("timeout", "how long its apply may take")
          .unlessGiven("the reconciler's limit, 15m");
  static final Field<Duration> CHECK_TIMEOUT =
      Field.duration("check_timeout", "how long its check may take")
          .unlessGiven("the reconciler's limit, 60s");

  /** The fields that every step may have, whatever its kind. */
  static final List<Field<?>> OF_EVERY_STEP = List.of(ON_FAILURE, TIMEOUT, CHECK_TIMEOUT);

  private final Map<String, ExecutorKind> kinds;
  private final Values values;
  private final Problems problems;
  private final ReadSettings.FileLookup files;

  StepReader(Map<String, ExecutorKind> kinds, Values values, ReadSettings.FileLookup files) {
    this.kinds = kinds;
    this.values = values;
    this.problems = values.problems();
    this.files = files;
  }

  /** The step at this node; notes a problem and returns null if it is invalid. */
  @Nullable Step read(Node node, String task) {
    Mapping mapping = Mapping.of(node, task, "a step, such as { shell: NAME, … }", problems);
    Mapping.Entry kindEntry = kindOf(mapping, node, task);
    if (kindEntry == null) {
      return null;
    }
    ExecutorKind kind = kinds.get(kindEntry.name());
    String name = name(kindEntry, task);
    if (kind == null || name == null) {
      return null;
    }
    String thing = task + ": step '" + name + "'";
    Map<String, Object> own =
        ReadSettings.values(kind.fields(), mapping, kindEntry.value(), thing, values);
    Map<String, Object> ofEvery =
        ReadSettings.values(OF_EVERY_STEP, mapping, kindEntry.value(), thing, values);
    List<String> known = new ArrayList<>();
    kind.fields().forEach(field -> known.add(field.name()));
    OF_EVERY_STEP.forEach(field -> known.add(field.name()));
    boolean strange = !mapping.isEmpty();
    mapping.nothingElse("field", known, thing);
    if (own == null || ofEvery == null || strange) {
      return null;
    }
    Executor executor = executor(kind, ReadSettings.of(own, files), kindEntry.value(), thing);
    return executor == null ? null : step(name, executor, ReadSettings.of(ofEvery, files));
  }

  private static Step step(String name, Executor executor, ReadSettings options) {
    Step step = Step.named(name, executor);
    if (options.get(ON_FAILURE).equals("continue")) {
      step = step.onFailure(OnFailure.CONTINUE);
    }
    step = options.find(TIMEOUT).map(step::timeout).orElse(step);
    return options.find(CHECK_TIMEOUT).map(step::checkTimeout).orElse(step);
  }

  private Mapping.@Nullable Entry kindOf(Mapping mapping, Node node, String task) {
    List<Mapping.Entry> entries = mapping.entries();
    List<Mapping.Entry> known =
        entries.stream().filter(entry -> kinds.containsKey(entry.name())).toList();
    List<Mapping.Entry> meant = known.stream().filter(entry -> hasFields(entry, known)).toList();
    if (meant.size() == 1) {
      return mapping.take(meant.get(0).name());
    }
    if (known.size() > 1) {
      problems.at(
          known.get(1).key(),
          "%s: a step has one kind, but this has '%s' and '%s'; split it into two steps"
              .formatted(task, known.get(0).name(), known.get(1).name()));
    } else if (!entries.isEmpty()) {
      String first = entries.get(0).name();
      problems.at(
          entries.get(0).key(),
          "%s: unknown step kind '%s'%s"
              .formatted(task, first, DidYouMean.hintWithAll(first, kinds.keySet())));
    } else if (mapping.isMapping()) {
      problems.at(
          node,
          task + ": a step is empty; add its kind" + DidYouMean.hintWithAll("", kinds.keySet()));
    }
    return null;
  }

  /** A field may have the name of a kind: whether all other keys are fields of this kind. */
  private boolean hasFields(Mapping.Entry kind, List<Mapping.Entry> keys) {
    Set<String> names = new HashSet<>(Set.of(kind.name()));
    requireNonNull(kinds.get(kind.name())).fields().forEach(field -> names.add(field.name()));
    return keys.stream().allMatch(key -> names.contains(key.name()));
  }

  private @Nullable String name(Mapping.Entry kind, String task) {
    if (!(kind.value() instanceof ScalarNode scalar)) {
      problems.at(
          kind.value(),
          "%s: '%s' must be the name of the step, is %s; put its fields beside the kind"
              .formatted(task, kind.name(), Mapping.kind(kind.value())));
      return null;
    }
    try {
      return Names.check("step", scalar.getValue());
    } catch (IllegalArgumentException e) {
      problems.at(scalar, task + ": " + e.getMessage());
      return null;
    }
  }

  private @Nullable Executor executor(
      ExecutorKind kind, ReadSettings settings, Node place, String thing) {
    try {
      Executor executor = kind.read(settings);
      if (executor == null) {
        problems.at(
            place,
            "%s: kind '%s' returned no executor, which is a bug in the kind"
                .formatted(thing, kind.name()));
      }
      return executor;
    } catch (IllegalArgumentException e) {
      problems.at(place, thing + ": " + e.getMessage());
    } catch (RuntimeException e) {
      problems.at(
          place,
          "%s: kind '%s' failed, which is a bug in the kind: %s".formatted(thing, kind.name(), e));
    }
    return null;
  }
}
