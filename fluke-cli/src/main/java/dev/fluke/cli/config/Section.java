package dev.fluke.cli.config;

import dev.fluke.yaml.internal.Mapping;
import dev.fluke.yaml.internal.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** One mapping of the config, asked for one key after the other; {@link #end} finds the rest. */
final class Section {
  private final String path;
  private final Mapping mapping;
  private final Node lacking;
  private final Place place;
  private final TreeSet<String> known = new TreeSet<>();

  /** What all sections of a file share. */
  record Place(Environment environment, Problems problems) {}

  private Section(String path, Node node, Node lacking, Place place) {
    this.path = path;
    this.mapping = Mapping.of(node, path, "a mapping", place.problems());
    this.lacking = lacking;
    this.place = place;
  }

  static Section root(Node node, Place place) {
    return new Section("", node, node, place);
  }

  private String thing(String key) {
    return (path.isEmpty() ? "" : path + ": ") + "'" + key + "'";
  }

  private String below(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  Mapping.@Nullable Entry entry(String key) {
    known.add(key);
    return mapping.take(key);
  }

  /** Whether the key is there, and was not asked for yet. */
  boolean has(String key) {
    return mapping.entries().stream().anyMatch(entry -> entry.name().equals(key));
  }

  /** The section of this key, if it is there. */
  Optional<Section> section(String key) {
    return Optional.ofNullable(entry(key)).map(this::section);
  }

  private Section section(Mapping.Entry entry) {
    return new Section(below(entry.name()), entry.value(), entry.key(), place);
  }

  /** The sections of a mapping of free names, in order. */
  List<Named> sections(String key) {
    Mapping.Entry entry = entry(key);
    List<Named> all = new ArrayList<>();
    if (entry != null) {
      Section names = section(entry);
      names.mapping.entries().forEach(one -> all.add(new Named(one, names.section(one))));
    }
    return all;
  }

  /** A section with a name of the user's choice. */
  record Named(Mapping.Entry entry, Section section) {}

  /** The sections of a list, in order. */
  List<Section> listed(String key) {
    Mapping.Entry entry = entry(key);
    List<Section> all = new ArrayList<>();
    if (entry != null && entry.value() instanceof SequenceNode list) {
      for (Node node : list.getValue()) {
        all.add(new Section(below(key), node, node, place));
      }
    } else if (entry != null) {
      wrong(entry.value(), thing(key) + ": must be a list, is " + Mapping.kind(entry.value()));
    }
    return all;
  }

  /** The texts of a mapping of free names, given to {@code take}, whose protests are noted. */
  void texts(String key, Taker take) {
    Mapping.Entry entry = entry(key);
    if (entry == null) {
      return;
    }
    for (Mapping.Entry one : section(entry).mapping.entries()) {
      String text = text(one, below(key) + ": '" + one.name() + "'");
      if (text != null) {
        try {
          take.take(one.name(), text);
        } catch (IllegalArgumentException e) {
          wrong(one.key(), below(key) + ": " + e.getMessage());
        }
      }
    }
  }

  /** Takes a text with its name. */
  interface Taker {
    void take(String name, String text);
  }

  private @Nullable String text(Mapping.Entry entry, String thing) {
    if (entry.value() instanceof ScalarNode scalar) {
      return place.environment().replacedIn(scalar, thing, place.problems());
    }
    wrong(entry.value(), thing + ": must be text, is " + Mapping.kind(entry.value()));
    return null;
  }

  /** The text of this key, if it is there; not empty. */
  Optional<String> text(String key) {
    return as(key, text -> text);
  }

  /** The text of this key, which has to be there. */
  Optional<String> required(String key, String about) {
    return required(key, about, text -> text);
  }

  /** As {@link #as}, of a key that has to be there. */
  <T> Optional<T> required(String key, String about, Function<String, T> parse) {
    Mapping.Entry entry = entry(key);
    if (entry == null && mapping.isMapping()) {
      wrong(lacking, thing(key) + " is missing: " + about);
    }
    return entry == null ? Optional.empty() : value(entry, parse);
  }

  /** What this makes of the text of the key; what it protests is noted. */
  <T> Optional<T> as(String key, Function<String, T> parse) {
    Mapping.Entry entry = entry(key);
    return entry == null ? Optional.empty() : value(entry, parse);
  }

  private <T> Optional<T> value(Mapping.Entry entry, Function<String, T> parse) {
    String thing = thing(entry.name());
    String text = text(entry, thing);
    if (text == null) {
      return Optional.empty();
    }
    try {
      if (text.isBlank()) {
        throw new IllegalArgumentException("is empty");
      }
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException e) {
      wrong(entry.value(), thing + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  int number(String key, int least, int most, int otherwise) {
    return as(key, text -> number(text, least, most)).orElse(otherwise);
  }

  static int number(String text, int least, int most) {
    if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= least) {
      int number = Integer.parseInt(text);
      if (number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "is '" + text + "', must be a number from " + least + " to " + most);
  }

  boolean flag(String key) {
    return as(
            key,
            text -> {
              if (text.equals("true") || text.equals("false")) {
                return text.equals("true");
              }
              throw new IllegalArgumentException("is '" + text + "', must be true or false");
            })
        .orElse(false);
  }

  /** Whether the section itself is no mapping, which was noted. */
  boolean isBroken() {
    return !mapping.isMapping();
  }

  /** Something is wrong with the section as a whole. */
  void wrong(String message) {
    wrong(lacking, Mapping.said(path, message));
  }

  /** Something is wrong at this node. Values of variables are not shown. */
  void wrong(Node node, String message) {
    place.problems().at(node, place.environment().hidden(message));
  }

  /** What nobody asked for is not known. */
  void end() {
    mapping.nothingElse("key", known);
  }
}
