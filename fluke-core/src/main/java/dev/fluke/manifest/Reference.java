package dev.fluke.manifest;

import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table of kinds and fields, as Markdown. */
final class Reference {
  private Reference() {}

  static String of(Map<String, ExecutorKind> kinds) {
    StringBuilder text = new StringBuilder();
    for (ExecutorKind kind : new TreeMap<>(kinds).values()) {
      text.append("### `").append(kind.name()).append("`\n\n").append(kind.about()).append("\n\n");
      table(text, kind.fields());
    }
    text.append("### Every step\n\nWhatever its kind, a step may have:\n\n");
    table(text, StepReader.OF_EVERY_STEP);
    return text.toString().stripTrailing() + "\n";
  }

  private static void table(StringBuilder text, List<Field<?>> fields) {
    text.append("| field | is | unless given | for | if wrong |\n|---|---|---|---|---|\n");
    fields.forEach(field -> row(text, "", field));
    text.append('\n');
  }

  private static void row(StringBuilder text, String group, Field<?> field) {
    String name = "`" + group + field.name() + "`";
    text.append("| ")
        .append(field.isRequired() ? "**" + name + "**" : name)
        .append(" | ")
        .append(words(field))
        .append(" | ")
        .append(field.isRequired() ? "an error" : field.defaultText())
        .append(" | ")
        .append(field.about())
        .append(" | ")
        .append(wrong(field))
        .append(" |\n");
    field.members().forEach(member -> row(text, group + field.name() + ".", member));
  }

  /** What a wrong value means: first what its type refuses, then what only its kind or host can. */
  private static String wrong(Field<?> field) {
    String refused =
        switch (field.type()) {
          case TEXT -> field.mayBeEmpty() ? "" : "empty is an error";
          case NAME -> "empty, two lines, or a first `-` is an error";
          case PATH -> "relative, or with `..`, is an error";
          case FLAG, CHOICE -> "another word is an error";
          case DURATION -> "without a unit, or zero, is an error";
          case TEXTS, SECRETS_OR_TEXTS -> "a list or a text is an error";
          case SECRET_OR_TEXT -> field.mayBeEmpty() ? "" : "empty is an error";
          case GROUP -> "an unknown field is an error";
        };
    return refused + (refused.isEmpty() || field.ifWrong().isEmpty() ? "" : "; ") + field.ifWrong();
  }

  private static String words(Field<?> field) {
    return switch (field.type()) {
      case TEXT -> "text";
      case NAME -> "a name";
      case PATH -> "an absolute path";
      case FLAG -> "`true` or `false`";
      case DURATION -> "a duration";
      case CHOICE -> "`" + String.join("`, `", field.choices()) + "`";
      case TEXTS -> "a mapping of texts";
      case SECRET_OR_TEXT -> "text, or `{ secret: NAME }`";
      case SECRETS_OR_TEXTS -> "a mapping of texts, or `{ secret: NAME }` each";
      case GROUP -> "a mapping";
    };
  }
}
