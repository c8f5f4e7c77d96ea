package dev.fluke.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.ManifestReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(READER.schema());
  private static final String TASK =
      "tasks: { t: { selector: { all: true }, steps: [ { shell: s, check: x, command: y%s } ] } }";

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
                .replace("tasks", "locals: { a: /y }\ntasks")));
  }

  /** Every YAML sample of the guides that is a whole manifest. */
  private static List<String> samples() {
    Pattern block = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages)
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
        TASK.formatted(", env: [ A=1 ]"));
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
    READER.read(Map.of("a.fluke.yaml", yaml.getBytes(UTF_8)));

    assertThat(isValid(yaml)).isTrue();
  }

  @ParameterizedTest
  @MethodSource
  void wrong(String yaml) throws Exception {
    assertThat(catchThrowable(() -> READER.read(Map.of("a.fluke.yaml", yaml.getBytes(UTF_8)))))
        .isInstanceOf(InvalidManifestException.class);

    assertThat(isValid(yaml)).isFalse();
  }

  @Test
  void kindsAndFieldsAreDescribedForWhoCompletesThem() throws Exception {
    String schema = READER.schema();

    for (String word : List.of("shell", "check", "command", "working_dir", "run_as", "env")) {
      assertThat(schema).contains("\"" + word + "\":{\"description\":\"");
    }
    assertThat(schema).contains("\"required\":[\"shell\",\"check\",\"command\"]");
  }

  @Test
  void theReferenceInTheGuideIsTheOneOfTheKinds() throws Exception {
    Matcher part =
        Pattern.compile("<!-- reference -->\\n\\n(.*?)\\n<!-- end -->", Pattern.DOTALL)
            .matcher(Files.readString(ROOT.resolve("docs/manifests.md")));

    assertThat(part.find()).isTrue();
    assertThat(part.group(1)).isEqualTo(READER.reference());
  }

  @Test
  void theSchemaBesideTheGuideIsTheOneOfTheKinds() throws Exception {
    assertThat(Files.readString(ROOT.resolve("docs/fluke.schema.json")).strip())
        .isEqualTo(READER.schema());
  }
}
