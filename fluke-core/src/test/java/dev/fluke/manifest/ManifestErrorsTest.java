package dev.fluke.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in manifest files: each message names the thing, the place and the way out. */
class ManifestErrorsTest {

  @Tag("M01")
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "tasks: {}\\ntasks: {} => 2:1: key 'tasks' is a duplicate, first at 1:1; remove one of the"
            + " two",
        "tasks:\\n  t: {}\\n  t: {} => 3:3: tasks: key 't' is a duplicate, first at 2:3; remove one"
            + " of the two",
        "tasks:\\n  t:\\n    steps:\\n      - probe: a\\n        check: x\\n        check: y => 6:9:"
            + " task 't': key 'check' is a duplicate, first at 5:9; remove one of the two",
      })
  void refusesDuplicateKeysWithBothPlaces(String yaml, String told) {
    assertThat(Yaml.wrong(yaml.replace("\\n", "\n"))).contains(told);
  }

  @Tag("M08")
  @Test
  void refusesDuplicateNamesWithBothPlaces() {
    String one = "tasks:\n  %s: { selector: { all: true }, steps: [ { probe: s, check: x } ] }\n";
    String twice =
        """
        tasks:
          t:
            selector: { all: true }
            steps:
              - { probe: s, check: x }
              - { probe: S, check: x }
        """;

    assertThat(
            Yaml.wrong(
                Map.of(
                    "b.fluke.yaml",
                    String.format(one, "Web"),
                    "a.fluke.yaml",
                    String.format(one, "web"))))
        .containsExactly(
            "b.fluke.yaml:2:3: task 'Web': is declared at a.fluke.yaml:2:3 already; task names are"
                + " unique across files, case aside");
    assertThat(Yaml.wrong(twice))
        .containsExactly(
            "6:9: task 't': two steps named 'S', the first at 5:9; step names are unique in a task,"
                + " case aside");
  }

  @Tag("M07")
  @Test
  void reportsEveryMistakeInOrderOfFilesAndPlaces() {
    List<String> wrong =
        Yaml.wrong(
            Map.of(
                "c.fluke.yaml", "tasks: [",
                "a.fluke.yaml", Yaml.step("check: x\nsettle: 5\nenabled: no\nstate: on"),
                "b.fluke.yaml", "task: {}\nlocals: { a: '${local.a}' }\ntasks: x"));

    assertThat(wrong)
        .containsExactly(
            "a.fluke.yaml:7:17: task 't': step 's': 'settle': is '5' without a unit; write 5s or"
                + " 5m",
            "a.fluke.yaml:8:18: task 't': step 's': 'enabled': is 'no', must be true or false",
            "a.fluke.yaml:9:16: task 't': step 's': 'state': is 'on', must be one of running,"
                + " stopped",
            "b.fluke.yaml:1:1: unknown key 'task'; did you mean 'tasks'? Known: locals, tasks",
            "b.fluke.yaml:2:14: local 'a': refers to itself: a > a",
            "b.fluke.yaml:3:8: tasks: must be a mapping of task names, is text",
            "c.fluke.yaml:1:9: is not valid YAML: expected the node content, but found '<stream end>';"
                + " a { or [ may not be closed");
  }

  @Tag("Z05")
  @Tag("Z06")
  @Test
  void escapesWhatStrangersTyped() {
    String yaml = "tasks:\n  \"t\\e[31m\\n\\u202e\": { chek: 1 }\n";

    assertThat(Yaml.wrongBytes(Map.of("a\u001b[0m\nb.fluke.yaml", yaml.getBytes(UTF_8))))
        .isNotEmpty()
        .allSatisfy(
            told ->
                assertThat(told)
                    .startsWith("a\\u001b[0m\\nb.fluke.yaml:2:")
                    .doesNotContain("\u001b", "\n", "\u202e"));
  }
}
