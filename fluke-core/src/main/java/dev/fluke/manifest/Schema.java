package dev.fluke.manifest;

import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.text.Json;
import dev.fluke.yaml.internal.SelectorReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The JSON Schema (draft-07, json-schema.org) of a manifest file. */
final class Schema {
  private static final String NAME =
      "^(?!.*(\\.\\.|//))[A-Za-z0-9_]([A-Za-z0-9_. @:/-]{0,251}[A-Za-z0-9_])?$";
  private static final String LOCAL = "\\$\\{local\\.";

  private Schema() {}

  static String of(Map<String, ExecutorKind> kinds) {
    List<Object> steps = new ArrayList<>();
    new TreeMap<>(kinds).values().forEach(kind -> steps.add(step(kind)));
    Map<String, Object> task =
        closed(
            map(
                "description", text("What the task is for."),
                "selector", selector(),
                "drift",
                    closed(
                        map("policy", choice("What happens on drift.", TaskReader.policies())),
                        List.of("policy")),
                "steps", array(map("oneOf", steps))),
            List.of("selector", "steps"));
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("$schema", "http://json-schema.org/draft-07/schema#");
    root.put("title", "Fluke manifest");
    root.putAll(
        closed(
            map(
                "locals", mapOf("^[A-Za-z0-9_-]+$", text("What ${local.NAME} stands for.")),
                "tasks", mapOf(NAME, task)),
            List.of()));
    root.put("type", List.of("object", "null"));
    return Json.write(root);
  }

  private static Map<String, Object> step(ExecutorKind kind) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(kind.name(), name(kind.about(), NAME));
    List<String> required = new ArrayList<>(List.of(kind.name()));
    for (Field<?> field : kind.fields()) {
      properties.put(field.name(), field(field));
      if (field.isRequired()) {
        required.add(field.name());
      }
    }
    StepReader.OF_EVERY_STEP.forEach(field -> properties.put(field.name(), field(field)));
    return closed(properties, required);
  }

  private static Map<String, Object> field(Field<?> field) {
    String about =
        field.about() + (field.defaultText().isEmpty() ? "" : " (" + field.defaultText() + ")");
    return switch (field.type()) {
      case TEXT -> field.mayBeEmpty() ? text(about) : notEmpty(about);
      case NAME -> name(about, "^(?!\\s*$)[^-\\n][^\\n]*$");
      case PATH -> pattern(about, "^(?!.*/\\.\\.(/|$))(/|" + LOCAL + ")");
      case FLAG ->
          either(about, map("enum", List.of(true, false, "true", "false")), pattern("", LOCAL));
      case DURATION -> pattern(about, "^([0-9.]+(ms|s|m|h|d))+$|" + LOCAL);
      case CHOICE -> choice(about, field.choices());
      case TEXTS -> described(about, mapOf("", text("")));
      case SECRET_OR_TEXT ->
          either(about, field.mayBeEmpty() ? text("") : notEmpty(""), namedSecret());
      case SECRETS_OR_TEXTS -> described(about, mapOf("", either("", text(""), namedSecret())));
      case GROUP -> described(about, group(field.members()));
    };
  }

  private static Map<String, Object> namedSecret() {
    Map<String, Object> name =
        pattern(
            "The name of a secret that the reconciler's secret source supplies.",
            "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$|" + LOCAL);
    return closed(map("secret", name), List.of("secret"));
  }

  private static Map<String, Object> group(List<Field<?>> members) {
    Map<String, Object> properties = new LinkedHashMap<>();
    members.forEach(member -> properties.put(member.name(), field(member)));
    return closed(properties, members.stream().filter(Field::isRequired).map(Field::name).toList());
  }

  private static Map<String, Object> selector() {
    Map<String, Object> yes = map("const", true);
    Map<String, Object> texts = array(text("A value of the label."));
    Map<String, Object> expressions = new LinkedHashMap<>();
    List<Object> forms = new ArrayList<>();
    for (String operator : SelectorReader.OPERATORS) {
      boolean list = operator.equals("in") || operator.equals("not_in");
      Map<String, Object> properties = new LinkedHashMap<>();
      properties.put("key", pattern("The key of the label.", NAME));
      properties.put(operator, list ? texts : yes);
      forms.add(closed(properties, List.of("key", operator)));
    }
    expressions.put("oneOf", forms);
    Map<String, Object> labels =
        new LinkedHashMap<>(mapOf(NAME, text("The label has this value.")));
    labels.put("minProperties", 1);
    Map<String, Object> some =
        closed(map("match_labels", labels, "match_expressions", array(expressions)), List.of());
    some.put("minProperties", 1);
    return either("The agents it is for.", closed(map("all", yes), List.of("all")), some);
  }

  private static Map<String, Object> text(String about) {
    return described(about, map("type", List.of("string", "number", "boolean", "null")));
  }

  private static Map<String, Object> notEmpty(String about) {
    return described(about, map("type", List.of("string", "number", "boolean"), "pattern", "\\S"));
  }

  /** A branch may be called 1.10, which an editor takes for a number. */
  private static Map<String, Object> name(String about, String pattern) {
    return described(about, map("type", List.of("string", "number"), "pattern", pattern));
  }

  private static Map<String, Object> pattern(String about, String pattern) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    schema.put("pattern", pattern);
    return described(about, schema);
  }

  /** Words; an editor reads some of them, such as true, as something else than text. */
  private static Map<String, Object> choice(String about, List<String> words) {
    List<Object> all = new ArrayList<>(words);
    words.stream()
        .filter(word -> word.matches("true|false"))
        .map(Boolean::valueOf)
        .forEach(all::add);
    return either(about, map("enum", all), pattern("", LOCAL));
  }

  private static Map<String, Object> either(String about, Map<String, ?> one, Map<String, ?> or) {
    return described(about, map("anyOf", List.of(one, or)));
  }

  private static Map<String, Object> array(Map<String, Object> items) {
    return map("type", "array", "minItems", 1, "items", items);
  }

  private static Map<String, Object> mapOf(String names, Map<String, Object> values) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    if (!names.isEmpty()) {
      schema.put("propertyNames", map("pattern", names));
    }
    schema.put("additionalProperties", values);
    return schema;
  }

  private static Map<String, Object> closed(Map<String, Object> properties, List<String> required) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    schema.put("additionalProperties", false);
    return schema;
  }

  /** Keys and values, in this order: the schema is the same each time. */
  private static Map<String, Object> map(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i].toString(), pairs[i + 1]);
    }
    return map;
  }

  private static Map<String, Object> described(String about, Map<String, Object> schema) {
    Map<String, Object> described = new LinkedHashMap<>();
    if (!about.isEmpty()) {
      described.put("description", about);
    }
    described.putAll(schema);
    return described;
  }
}
