package dev.fluke.cli.config;

import dev.fluke.agent.Selector;
import dev.fluke.files.internal.FileExposure.Allowed;
import dev.fluke.yaml.internal.Mapping;
import dev.fluke.yaml.internal.Problems;
import dev.fluke.yaml.internal.SelectorReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One mapping of the config. Readers take the keys that they know; {@link #end} rejects the rest.
 */
final class Section {
  private final String path;
  private final Mapping mapping;
  private final Node location;
  private final Context context;
  private final TreeSet<String> knownKeys = new TreeSet<>();
  private final Map<String, Node> values = new HashMap<>();

  /** The parts that all sections of a file share. */
  record Context(Environment environment, Problems problems) {}

  private Section(String path, Node node, Node location, Context context) {
    this.path = path;
    this.mapping = Mapping.of(node, path, "a mapping", context.problems());
    this.location = location;
    this.context = context;
  }

  static Section root(Node node, Context context) {
    return new Section("", node, node, context);
  }

  private String thing(String key) {
    return (path.isEmpty() ? "" : path + ": ") + "'" + key + "'";
  }

  private String below(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  Mapping.@Nullable Entry entry(String key) {
    knownKeys.add(key);
    Mapping.Entry entry = mapping.take(key);
    if (entry != null) {
      values.put(key, entry.value());
    }
    return entry;
  }

  /** Whether the key is present and not taken yet. */
  boolean has(String key) {
    return mapping.entries().stream().anyMatch(entry -> entry.name().equals(key));
  }

  /** Whether the key is present, not taken yet, and has an empty list. */
  boolean hasEmptyList(String key) {
    return mapping.entries().stream()
        .filter(entry -> entry.name().equals(key))
        .anyMatch(entry -> entry.value() instanceof SequenceNode list && list.getValue().isEmpty());
  }

  /** The section of this key; empty if the key is absent. */
  Optional<Section> section(String key) {
    return Optional.ofNullable(entry(key)).map(this::section);
  }

  private Section section(Mapping.Entry entry) {
    return new Section(below(entry.name()), entry.value(), entry.key(), context);
  }

  /** The sections of a mapping with names of the user, in order. */
  List<Named> sections(String key) {
    Mapping.Entry entry = entry(key);
    List<Named> all = new ArrayList<>();
    if (entry != null) {
      Section names = section(entry);
      names.mapping.entries().forEach(one -> all.add(new Named(one, names.section(one))));
    }
    return all;
  }

  /** A section under a name of the user. */
  record Named(Mapping.Entry entry, Section section) {}

  /** The sections of a list, in order. */
  List<Section> listed(String key) {
    Mapping.Entry entry = entry(key);
    List<Section> all = new ArrayList<>();
    if (entry != null && entry.value() instanceof SequenceNode list) {
      for (Node node : list.getValue()) {
        all.add(new Section(below(key), node, node, context));
      }
    } else if (entry != null) {
      problem(entry.value(), thing(key) + ": must be a list, is " + Mapping.kind(entry.value()));
    }
    return all;
  }

  /** Passes each text of a mapping to {@code taker}; an IllegalArgumentException is a problem. */
  void texts(String key, Taker taker) {
    Mapping.Entry entry = entry(key);
    if (entry == null) {
      return;
    }
    for (Mapping.Entry one : section(entry).mapping.entries()) {
      String text = text(one, below(key) + ": '" + one.name() + "'");
      if (text != null) {
        try {
          taker.take(one.name(), text);
        } catch (IllegalArgumentException e) {
          problem(one.key(), below(key) + ": " + e.getMessage());
        }
      }
    }
  }

  /** Receives a text with its key. */
  interface Taker {
    void take(String name, String text);
  }

  private @Nullable String text(Mapping.Entry entry, String thing) {
    return text(entry.value(), thing);
  }

  private @Nullable String text(Node node, String thing) {
    if (node instanceof ScalarNode scalar) {
      return context.environment().replacedIn(scalar, thing, context.problems());
    }
    problem(node, thing + ": must be text, is " + Mapping.kind(node));
    return null;
  }

  /** The parsed texts of a list, in order; each invalid one is a problem. */
  <T> List<T> list(String key, Function<String, T> parse) {
    Mapping.Entry entry = entry(key);
    List<T> all = new ArrayList<>();
    if (entry != null && entry.value() instanceof SequenceNode list) {
      list.getValue().forEach(node -> value(node, thing(key), parse).ifPresent(all::add));
    } else if (entry != null) {
      problem(entry.value(), thing(key) + ": must be a list, is " + Mapping.kind(entry.value()));
    }
    return all;
  }

  /** The selector of this key; empty if it is absent or invalid. */
  Optional<Selector> selector(String key) {
    Mapping.Entry entry = entry(key);
    if (entry == null) {
      return Optional.empty();
    }
    ConfigTexts texts = new ConfigTexts(context);
    Optional<Selector> selector =
        Optional.ofNullable(SelectorReader.read(entry.value(), path, key, texts));
    texts.report();
    return selector;
  }

  /** The text of this key; an empty text is a problem. */
  Optional<String> text(String key) {
    return as(key, text -> text);
  }

  /** The text of this key; an absent key is a problem. */
  Optional<String> required(String key, String about) {
    return required(key, about, text -> text);
  }

  /** As {@link #as}; an absent key is a problem. */
  <T> Optional<T> required(String key, String about, Function<String, T> parse) {
    Mapping.Entry entry = entry(key);
    if (entry == null && mapping.isMapping()) {
      problem(location, thing(key) + " is missing: " + about);
    }
    return entry == null ? Optional.empty() : value(entry, parse);
  }

  /** The parsed value of this key; an IllegalArgumentException of {@code parse} is a problem. */
  <T> Optional<T> as(String key, Function<String, T> parse) {
    Mapping.Entry entry = entry(key);
    return entry == null ? Optional.empty() : value(entry, parse);
  }

  private <T> Optional<T> value(Mapping.Entry entry, Function<String, T> parse) {
    return value(entry.value(), thing(entry.name()), parse);
  }

  private <T> Optional<T> value(Node node, String thing, Function<String, T> parse) {
    String text = text(node, thing);
    if (text == null) {
      return Optional.empty();
    }
    try {
      if (text.isBlank()) {
        throw new IllegalArgumentException("is empty");
      }
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException e) {
      problem(node, thing + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * The file of this key. It is a problem at the key if other users of this machine can do more
   * with the file than this.
   */
  Optional<Path> file(String key, ConfigFiles files, Allowed others) {
    Optional<Path> file = as(key, files::file);
    file.ifPresent(path -> reportExposed(key, path, files, others));
    return file;
  }

  /** As {@link #file}; an absent key is a problem. */
  Optional<Path> requiredFile(String key, String about, ConfigFiles files, Allowed others) {
    Optional<Path> file = required(key, about, files::file);
    file.ifPresent(path -> reportExposed(key, path, files, others));
    return file;
  }

  /** Adds a problem at the key for each way in which others can do more with a file than this. */
  void reportExposed(String key, Path file, ConfigFiles files, Allowed others) {
    files.checks().of(file, others).forEach(problem -> problemOf(key, problem));
  }

  /** The number of this key; {@code otherwise} if it is absent or invalid. */
  int number(String key, int least, int most, int otherwise) {
    return as(key, text -> ConfigValues.number(text, least, most)).orElse(otherwise);
  }

  /** Whether this key is {@code true}; {@code false} if it is absent or invalid. */
  boolean flag(String key) {
    return as(key, ConfigValues::flag).orElse(false);
  }

  /** Whether the section is not a mapping; that is a problem already. */
  boolean isBroken() {
    return !mapping.isMapping();
  }

  /** Adds a problem of the whole section. */
  void problem(String message) {
    problem(location, Mapping.said(path, message));
  }

  /** Adds a problem at the value of this key; of the whole section if the key is absent. */
  void problemOf(String key, String message) {
    problem(values.getOrDefault(key, location), thing(key) + ": " + message);
  }

  /** Adds a problem at this node. The message shows no values of variables. */
  void problem(Node node, String message) {
    context.problems().at(node, context.environment().mask().hide(message));
  }

  /** Rejects the keys that no reader took. */
  void end() {
    mapping.nothingElse("key", knownKeys);
  }
}
