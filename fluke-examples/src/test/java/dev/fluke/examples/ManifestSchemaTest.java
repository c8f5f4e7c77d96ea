package dev.fluke.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.fluke.examples.line.LineKind;
import dev.fluke.executor.Executor;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.executor.Settings;
import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.shell.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The JSON Schema and the reader agree, as an editor sees it: by a validator of somebody else's.
 */
class ManifestSchemaTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final ManifestReader READER =
      ManifestReader.of(ManifestSchemaTest.class.getClassLoader(), List.of());
  private static final ManifestReader WITH_EVERY_TYPE =
      ManifestReader.of(
          ManifestSchemaTest.class.getClassLoader(), List.of(new EveryType(), new LineKind()));
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(WITH_EVERY_TYPE.schema());
  private static final String EVERY =
      "tasks: { t: { selector: { all: true }, steps: [ { every: s, text: x%s } ] } }";
  private static final String TASK =
      "tasks: { t: { selector: { all: true }, steps: [ { shell: s, check: x, command: y%s } ] } }";

  /** A kind with a field of each type. */
  private static final class EveryType implements ExecutorKind {
    private static final List<Field<?>> FIELDS =
        List.of(
            Field.text("text", "any").required(),
            Field.name("name", "one line"),
            Field.path("path", "absolute"),
            Field.flag("flag", "yes or no"),
            Field.duration("time", "how long"),
            Field.choice("word", "one of two", "true", "unmanaged"),
            Field.texts("texts", "by name"),
            Field.group("group", "several", Field.name("url", "where").required()));

    @Override
    public String name() {
      return "every";
    }

    @Override
    public String about() {
      return "Has a field of each type.";
    }

    @Override
    public List<Field<?>> fields() {
      return FIELDS;
    }

    @Override
    public Executor read(Settings values) {
      return Shell.check("true").command("true");
    }
  }

  static Stream<String> sound() {
    return Stream.concat(
        samples().stream(),
        Stream.of(
            "",
            "tasks: {}",
            "locals: { a: 1, b: x }",
            TASK.formatted(""),
            TASK.formatted(", timeout: 1m30s, check_timeout: 5s, on_failure: continue"),
            TASK.formatted(", working_dir: /x, run_as: deploy, env: { A: 1, B: true, C: x }"),
            TASK.formatted(", working_dir: \"${local.a}/x\"")
                .replace("tasks", "locals: { a: /y }\ntasks"),
            TASK.formatted("").replace("check: x", "check: 1"),
            EVERY.formatted(", name: 1.10, path: /x, flag: true, time: 1m30s, word: true"),
            EVERY.formatted(", flag: \"false\", word: unmanaged, texts: {}, group: { url: x }"),
            EVERY
                .formatted(", flag: \"${local.a}\", word: \"${local.a}\", time: \"${local.b}\"")
                .replace("tasks", "locals: { a: true, b: 5s }\ntasks")));
  }

  /** Every YAML sample of the guides that is a whole manifest. */
  private static List<String> samples() {
    Pattern block = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages.filter(Files::isRegularFile))
          .flatMap(page -> block.matcher(text(page)).results())
          .map(found -> found.group(1))
          .filter(yaml -> yaml.contains("tasks:"))
          .toList();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Stream<String> wrong() {
    return Stream.of(
        "tusks: {}",
        "tasks: []",
        "tasks: { t: { steps: [ { shell: s, check: x, command: y } ] } }",
        "tasks: { t: { selector: { all: true } } }",
        "tasks: { t: { selector: { all: true }, steps: [] } }",
        "tasks: { t: { selector: { all: false }, steps: [ { shell: s, check: x, command: y } ] } }",
        "tasks: { t: { selector: {}, steps: [ { shell: s, check: x, command: y } ] } }",
        "tasks: { t: { selector: { match_labels: {} }, steps: [ { shell: s, check: x, command: y } ] } }",
        "tasks: { t: { selector: { match_expressions: [ { key: a, In: [b] } ] }, steps: [ { shell: s,"
            + " check: x, command: y } ] } }",
        "tasks: { t: { selector: { match_expressions: [ { key: a, in: [] } ] }, steps: [ { shell: s,"
            + " check: x, command: y } ] } }",
        "tasks: { t: { selector: { all: true }, steps: [ { shel: s, check: x, command: y } ] } }",
        "tasks: { t: { selector: { all: true }, steps: [ { shell: s, check: x } ] } }",
        "tasks: { t: { selector: { all: true }, drift: { policy: remediat }, steps: [ { shell: s,"
            + " check: x, command: y } ] } }",
        "tasks: { \"bad\\u0001name\": { selector: { all: true }, steps: [ { shell: s, check: x,"
            + " command: y } ] } }",
        TASK.formatted(", chek: x"),
        TASK.formatted(", timeout: 60"),
        TASK.formatted(", timeout: -5m"),
        TASK.formatted(", on_failure: ignore"),
        TASK.formatted(", working_dir: ../x"),
        TASK.formatted(", run_as: -u"),
        TASK.formatted(", env: [ A=1 ]"),
        TASK.formatted("").replace("check: x", "check: \"\""),
        TASK.formatted("").replace("shell: s", "shell: a//b"),
        TASK.formatted("").replace("shell: s", "shell: s, every: s"),
        TASK.formatted(", working_dir: /x/../y"),
        EVERY.formatted(", name: \" \""),
        EVERY.formatted(", name: \"a\\nb\""),
        EVERY.formatted(", flag: 5"),
        EVERY.formatted(", flag: \"yes\""),
        EVERY.formatted(", flag: []"),
        EVERY.formatted(", word: false"),
        EVERY.formatted(", texts: { a: [] }"),
        EVERY.formatted(", group: {}"),
        EVERY.formatted(", group: { url: x, ulr: y }"));
  }

  private static boolean isValid(String yaml) throws Exception {
    Object value = yaml.isBlank() ? null : new YAMLMapper().readValue(yaml, Object.class);
    return SCHEMA
        .validate(new ObjectMapper().writeValueAsString(value), InputFormat.JSON)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void sound(String yaml) throws Exception {
    WITH_EVERY_TYPE.read(Map.of("a.fluke.yaml", yaml.getBytes(UTF_8)), file -> new byte[0]);

    assertThat(isValid(yaml)).isTrue();
  }

  @ParameterizedTest
  @MethodSource
  void wrong(String yaml) throws Exception {
    assertThat(
            catchThrowable(
                () -> WITH_EVERY_TYPE.read(Map.of("a.fluke.yaml", yaml.getBytes(UTF_8)))))
        .isInstanceOf(InvalidManifestException.class);

    assertThat(isValid(yaml)).isFalse();
  }

  @Test
  void describesKindsAndFieldsForEditors() throws Exception {
    String schema = READER.schema();

    for (String word : List.of("shell", "check", "command", "working_dir", "run_as", "env")) {
      assertThat(schema).contains("\"" + word + "\":{\"description\":\"");
    }
    assertThat(schema).contains("\"required\":[\"shell\",\"check\",\"command\"]");
  }

  /** Of all kinds that are on the class path. */
  @Test
  void matchesTheReferenceInTheGuide() throws Exception {
    Matcher part =
        Pattern.compile("<!-- reference -->\\n\\n(.*?)\\n<!-- end -->", Pattern.DOTALL)
            .matcher(Files.readString(ROOT.resolve("docs/executors.md")));
    Path generated = Files.writeString(Path.of("target", "reference.md"), READER.reference());

    assertThat(part.find()).isTrue();
    assertThat(part.group(1))
        .as("docs/executors.md; copy %s there", generated)
        .isEqualTo(READER.reference());
  }

  /** Every key and word that the schema knows stands in the guide. */
  @Test
  void coversTheWholeSchemaInTheGuide() throws Exception {
    String guide =
        Files.readString(ROOT.resolve("docs/manifests.md"))
            + Files.readString(ROOT.resolve("docs/executors.md"));
    Set<String> words = new TreeSet<>();
    collect(new ObjectMapper().readTree(READER.schema()), words);

    assertThat(words).contains("match_expressions", "not_in", "drift", "alert_only", "run_as");
    assertThat(words).allMatch(word -> guide.matches("(?s).*[`.]" + word + "\\b.*"));
  }

  private static void collect(JsonNode schema, Set<String> words) {
    schema.path("properties").fieldNames().forEachRemaining(words::add);
    schema.path("enum").forEach(word -> words.add(word.asText()));
    schema.forEach(part -> collect(part, words));
  }

  @Test
  void matchesTheSchemaInTheDocs() throws Exception {
    Path generated = Files.writeString(Path.of("target", "fluke.schema.json"), READER.schema());

    assertThat(Files.readString(ROOT.resolve("docs/fluke.schema.json")).strip())
        .as("docs/fluke.schema.json; copy %s there", generated)
        .isEqualTo(READER.schema());
  }
}
