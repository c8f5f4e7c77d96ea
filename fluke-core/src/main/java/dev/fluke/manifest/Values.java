package dev.fluke.manifest;

import dev.fluke.command.Secret;
import dev.fluke.executor.Field;
import dev.fluke.executor.SecretOrText;
import dev.fluke.manifest.Manifest.NamedSecret;
import dev.fluke.text.Durations;
import dev.fluke.text.FileProblem;
import dev.fluke.text.Limits;
import dev.fluke.yaml.internal.Mapping;
import dev.fluke.yaml.internal.Problems;
import dev.fluke.yaml.internal.TextReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the values of one file; a method that returns null has noted a problem. */
final class Values implements TextReader {
  private final Problems problems;
  private final Locals locals;
  private final List<NamedSecret> namedSecrets = new ArrayList<>();
  private final RevisionUsage usage;

  Values(Problems problems, Locals locals, RevisionUsage usage) {
    this.problems = problems;
    this.locals = locals;
    this.usage = usage;
  }

  /** A value of the type of this field. */
  @Nullable Object of(Field<?> field, Node node, String thing) {
    String of = thing + ": '" + field.name() + "'";
    return switch (field.type()) {
      case TEXT -> field.mayBeEmpty() ? text(node, of) : notEmpty(node, of);
      case NAME -> as(node, of, Values::name);
      case PATH -> as(node, of, Values::path);
      case FLAG -> as(node, of, Values::flag);
      case DURATION -> duration(node, of);
      case CHOICE -> as(node, of, word -> choice(field, word));
      case TEXTS -> texts(node, of, this::text);
      case SECRET_OR_TEXT -> secretOrText(node, of, field.mayBeEmpty());
      case SECRETS_OR_TEXTS -> texts(node, of, (each, its) -> secretOrText(each, its, true));
      case GROUP -> ReadSettings.of(field.members(), mapping(node, of), node, of, this);
    };
  }

  /** The places that name secrets, so far. */
  List<NamedSecret> namedSecrets() {
    return namedSecrets;
  }

  Mapping mapping(Node node, String thing) {
    return Mapping.of(node, thing, "a mapping", problems);
  }

  @Override
  public Problems problems() {
    return problems;
  }

  @Nullable Duration duration(Node node, String thing) {
    return as(node, thing, Durations::parse);
  }

  /** Any text, unchanged except that locals are replaced. */
  @Override
  public @Nullable String text(Node node, String thing) {
    if (node instanceof ScalarNode scalar) {
      String text = locals.replacedIn(scalar, thing);
      int typed = scalar.getValue().length();
      usage.text(text == null ? typed : Math.max(typed, text.length()), node, thing, problems);
      return text;
    }
    problems.at(node, thing + ": must be text, is " + Mapping.kind(node) + inQuotes(node));
    return null;
  }

  /** A flow collection may be meant as text, such as {@code [ -f /x ]}. */
  private static String inQuotes(Node node) {
    boolean flow =
        node instanceof CollectionNode<?> collection
            && collection.getFlowStyle() == DumperOptions.FlowStyle.FLOW;
    String begin = node instanceof SequenceNode ? "[" : "{";
    return flow ? "; put quotes around text that begins with " + begin : "";
  }

  private @Nullable String notEmpty(Node node, String thing) {
    return as(
        node,
        thing,
        text -> {
          if (text.isBlank()) {
            throw new IllegalArgumentException("is empty");
          }
          return text;
        });
  }

  private <T> @Nullable Map<String, T> texts(
      Node node, String thing, BiFunction<Node, String, @Nullable T> reader) {
    Mapping mapping =
        Mapping.of(node, thing, "a mapping of names to texts, such as { NAME: text }", problems);
    Map<String, T> texts = new LinkedHashMap<>();
    if (isTooMany(mapping.entries().size(), Limits.ENTRIES_OF_FIELD, "entries", node, thing)) {
      return null;
    }
    boolean good = mapping.isMapping();
    for (Mapping.Entry entry : mapping.entries()) {
      T text = reader.apply(entry.value(), thing + ": '" + entry.name() + "'");
      if (text == null) {
        good = false;
      } else {
        texts.put(entry.name(), text);
      }
    }
    return good ? texts : null;
  }

  /** A text, or a mapping with the name of a secret. */
  private @Nullable SecretOrText secretOrText(Node node, String thing, boolean mayBeEmpty) {
    if (node instanceof MappingNode) {
      return namedSecret(node, thing);
    }
    String text = mayBeEmpty ? text(node, thing) : notEmpty(node, thing);
    return text == null ? null : SecretOrText.of(text);
  }

  private @Nullable SecretOrText namedSecret(Node node, String thing) {
    Mapping mapping = Mapping.of(node, thing, "text, or { secret: NAME }", problems);
    Mapping.Entry entry = mapping.take("secret");
    boolean strange = !mapping.isEmpty();
    mapping.nothingElse("key", List.of("secret"));
    if (entry == null) {
      if (!strange) {
        problems.at(node, thing + ": must be text, or { secret: NAME }; put quotes around text");
      }
      return null;
    }
    Secret secret = as(entry.value(), thing + ": 'secret'", Secret::named);
    if (secret == null || strange) {
      return null;
    }
    Mark mark = entry.value().getStartMark();
    namedSecrets.add(
        new NamedSecret(
            secret.name().orElseThrow(),
            new FileProblem(problems.file(), mark.getLine() + 1, mark.getColumn() + 1, thing)));
    return SecretOrText.of(secret);
  }

  private static String notTooLong(String text) {
    if (text.length() > Limits.NAME) {
      throw new IllegalArgumentException(
          "has %,d characters, at most %,d are allowed".formatted(text.length(), Limits.NAME));
    }
    return text;
  }

  private static String name(String text) {
    if (text.isBlank() || text.indexOf('\n') >= 0) {
      throw new IllegalArgumentException(text.isBlank() ? "is empty" : "must be one line");
    }
    if (text.startsWith("-")) {
      throw new IllegalArgumentException(
          "is '" + text + "', which a program could read as an option; it can't begin with '-'");
    }
    return notTooLong(text);
  }

  private static String path(String text) {
    boolean climbs = (text + "/").contains("/../");
    if (!text.startsWith("/") || climbs || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "is '" + text + "', must be an absolute path without '..', such as /opt/app");
    }
    return notTooLong(text);
  }

  private static Boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("is '" + text + "', must be true or false");
    };
  }

  private static String choice(Field<?> field, String word) {
    if (!field.choices().contains(word)) {
      throw new IllegalArgumentException(
          "is '" + word + "', must be one of " + String.join(", ", field.choices()));
    }
    return word;
  }
}
