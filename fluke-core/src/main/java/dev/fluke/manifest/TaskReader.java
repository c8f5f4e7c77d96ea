package dev.fluke.manifest;

import dev.fluke.agent.Names;
import dev.fluke.agent.Selector;
import dev.fluke.text.DidYouMean;
import dev.fluke.text.Limits;
import dev.fluke.text.Printable;
import dev.fluke.yaml.internal.Mapping;
import dev.fluke.yaml.internal.Problems;
import dev.fluke.yaml.internal.SelectorReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one task. */
final class TaskReader {
  static final List<String> KEYS = List.of("description", "selector", "drift", "steps");
  private static final int SHOWN = 253;

  private final Values values;
  private final StepReader steps;
  private final boolean alerts;
  private final RevisionUsage usage;
  private final Problems problems;

  /**
   * Reads tasks.
   *
   * @param alerts false if a policy that alerts is a mistake, because there is no alert sink
   */
  TaskReader(Values values, StepReader steps, boolean alerts, RevisionUsage usage) {
    this.values = values;
    this.steps = steps;
    this.alerts = alerts;
    this.usage = usage;
    this.problems = values.problems();
  }

  /** The task of this entry; notes a problem and returns null if it is invalid. */
  @Nullable Task read(Mapping.Entry entry) {
    usage.task(entry.key(), problems);
    String name = name(entry);
    String thing = "task '" + Printable.shortened(entry.name(), SHOWN) + "'";
    Mapping mapping =
        Mapping.of(entry.value(), thing, "a mapping with selector and steps", problems);
    Mapping.Entry description = mapping.take("description");
    Mapping.Entry selects = mapping.take("selector");
    Mapping.Entry drift = mapping.take("drift");
    Mapping.Entry does = mapping.take("steps");
    boolean strange = !mapping.isEmpty();
    mapping.nothingElse("key", KEYS);
    String about =
        description == null ? "" : values.text(description.value(), thing + ": 'description'");
    Selector selector =
        selects == null ? null : SelectorReader.read(selects.value(), thing, "selector", values);
    boolean driftGood = drift == null;
    DriftPolicy policy = null;
    if (drift != null) {
      policy = policy(drift.value(), thing);
      driftGood = policy != null;
    }
    List<Step> read = does == null ? null : steps(does.value(), thing);
    if (mapping.isMapping()) {
      missing(entry, thing, selects == null, does == null);
    }
    if (name == null
        || strange
        || about == null
        || selector == null
        || !driftGood
        || read == null) {
      return null;
    }
    Task.Builder task = Task.named(name).describedAs(about).on(selector);
    for (Step step : read) {
      task = task.step(step);
    }
    return (policy == null ? task : task.onDrift(policy)).build();
  }

  private void missing(Mapping.Entry entry, String thing, boolean selector, boolean steps) {
    if (selector) {
      problems.at(
          entry.key(),
          thing + ": 'selector' is missing; to select every agent, write selector: { all: true }");
    }
    if (steps) {
      problems.at(entry.key(), thing + ": 'steps' is missing; a task has at least one");
    }
  }

  private @Nullable String name(Mapping.Entry entry) {
    try {
      return Names.check("task", entry.name());
    } catch (IllegalArgumentException e) {
      problems.at(entry.key(), String.valueOf(e.getMessage()));
      return null;
    }
  }

  private @Nullable DriftPolicy policy(Node node, String task) {
    String thing = task + ": drift";
    Mapping mapping = Mapping.of(node, thing, "{ policy: … }", problems);
    Mapping.Entry policy = mapping.take("policy");
    boolean strange = !mapping.isEmpty();
    mapping.nothingElse("key", List.of("policy"));
    if (policy == null) {
      if (mapping.isMapping() && !strange) {
        problems.at(node, thing + ": 'policy' is missing; known: " + policies());
      }
      return null;
    }
    DriftPolicy read =
        values.as(
            policy.value(),
            thing,
            word -> {
              if (!policies().contains(word)) {
                throw new IllegalArgumentException(
                    "unknown policy '" + word + "'" + DidYouMean.hintWithAll(word, policies()));
              }
              DriftPolicy known = DriftPolicy.of(word);
              if (known.alerts() && !alerts) {
                throw new IllegalArgumentException(known.needsSink());
              }
              return known;
            });
    return strange ? null : read;
  }

  static List<String> policies() {
    return List.of(DriftPolicy.values()).stream().map(DriftPolicy::toString).toList();
  }

  private @Nullable List<Step> steps(Node node, String task) {
    if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
      problems.at(
          node,
          "%s: 'steps' must be a list with at least one step, is %s"
              .formatted(
                  task,
                  node instanceof SequenceNode
                      ? "empty"
                      : Mapping.kind(node) + "; begin each step with '- '"));
      return null;
    }
    if (values.isTooMany(list.getValue().size(), Limits.STEPS_OF_TASK, "steps", node, task)) {
      return null;
    }
    List<Step> read = new ArrayList<>();
    Map<String, Node> places = new HashMap<>();
    boolean good = true;
    for (Node item : list.getValue()) {
      usage.step(item, problems);
      Step step = steps.read(item, task);
      if (step == null) {
        good = false;
        continue;
      }
      Node first = places.putIfAbsent(step.name().toLowerCase(Locale.ROOT), item);
      if (first != null) {
        problems.at(
            item,
            "%s: two steps named '%s', the first at %s; step names are unique in a task, case aside"
                .formatted(task, step.name(), Problems.place(first)));
        good = false;
      }
      read.add(step);
    }
    return good ? read : null;
  }
}
