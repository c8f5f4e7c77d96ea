package dev.fluke.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about files that are not as they should be: thing, place, problem, way out. */
class ManifestErrorsTest {

  @Tag("M06")
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "chek: x => 6:9: task 't': step 's': unknown field 'chek'; did you mean 'check'? Known: check, check_timeout, enabled, env, git, on_failure, settle, source, state, timeout, unit, working_dir",
        "check: x\\nsettel: 5s => 7:9: task 't': step 's': unknown field 'settel'; did you mean"
            + " 'settle'? Known: check, check_timeout, enabled, env, git, on_failure, settle, source, state, timeout, unit, working_dir",
        "check: [ -f /x ] => 6:16: task 't': step 's': 'check': must be text, is a list; put"
            + " quotes around text that begins with [",
        "check: '' => 6:16: task 't': step 's': 'check': is empty",
        "check: x\\nunit: -x => 7:15: task 't': step 's': 'unit': is '-x', which a program would"
            + " take for an option; it can't begin with '-'",
        "check: x\\nworking_dir: ../.. => 7:22: task 't': step 's': 'working_dir': is '../..', must"
            + " be an absolute path without '..', such as /opt/app",
        "check: x\\nworking_dir: /a/../b => 7:22: task 't': step 's': 'working_dir': is '/a/../b',"
            + " must be an absolute path without '..', such as /opt/app",
        "check: x\\nenabled: yes => 7:18: task 't': step 's': 'enabled': is 'yes', must be true or"
            + " false",
        "check: x\\nsettle: 60 => 7:17: task 't': step 's': 'settle': is '60' without a unit; write 60s"
            + " or 60m",
        "check: x\\nsettle: -5m => 7:17: task 't': step 's': 'settle': is '-5m', must be a number with"
            + " ms, s, m, h or d, such as 90s or 1m30s",
        "check: x\\nsettle: 99999999999h => 7:17: task 't': step 's': 'settle': is longer than"
            + " 36500d",
        "check: x\\nsettle: 0s => 7:17: task 't': step 's': 'settle': must be more than zero",
        "check: x\\nstate: runing => 7:16: task 't': step 's': 'state': is 'runing', must be one of"
            + " running, stopped",
        "check: x\\nenv: A=1 => 7:14: task 't': step 's': 'env': must be a mapping of names to"
            + " texts, such as { NAME: text }, is text",
        "check: x\\ngit: { branch: x } => 7:14: task 't': step 's': 'git': 'url' is missing: the"
            + " repository",
        "check: x\\non_failure: ignore => 7:21: task 't': step 's': 'on_failure': is 'ignore', must"
            + " be one of abort, continue",
        "check: impossible => 5:16: task 't': step 's': check and unit don't fit together",
        "check: x\\nsource: nope => 5:16: task 't': step 's': there is no file 'nope' in this"
            + " revision",
        "check: x\\nsource: ../../etc/passwd => 5:16: task 't': step 's': file '../../etc/passwd' is"
            + " outside of the source",
        "check: ${local.nope} => 6:16: task 't': step 's': 'check': unknown local 'nope'; there is"
            + " none yet",
        "check: a ${locals.x} => 6:16: task 't': step 's': 'check': '${locals.x}' is not"
            + " ${local.NAME}; to mean it as text, write $${locals.x}",
      })
  void aStepIsToldWhatIsWrongWithIt(String lines, String told) {
    assertThat(Yaml.wrong(Yaml.step(lines.replace("\\n", "\n")))).contains(told);
  }

  @Tag("M06")
  @Tag("M11")
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "{ steps: [ { probe: s, check: x } ] } => 2:3: task 't': 'selector' is missing; to mean"
            + " every agent, say selector: { all: true }",
        "{ selector: { all: true } } => 2:3: task 't': 'steps' is missing; a task has at least one",
        "{ selector: { all: true }, steps: [] } => 2:40: task 't': 'steps' must be a list with at"
            + " least one step, is empty",
        "{ selector: { }, steps: [ { probe: s, check: x } ] } => 2:18: task 't': selector: selects"
            + " nothing; to mean every agent, say selector: { all: true }",
        "{ selector: { match_labels: { } }, steps: [ { probe: s, check: x } ] } => 2:34: task 't':"
            + " selector: 'match_labels' is empty; to mean every agent, say selector: { all: true }",
        "{ selector: { all: false }, steps: [ { probe: s, check: x } ] } => 2:20: task 't': selector:"
            + " 'all' stands alone and is true; to select some, leave it out",
        "{ selector: { match_lables: { a: b } }, steps: [ { probe: s, check: x } ] } => 2:20: task"
            + " 't': selector: unknown key 'match_lables'; did you mean 'match_labels'? Known: all, match_expressions, match_labels",
        "{ selector: { all: true }, drift: { policy: remediat }, steps: [ { probe: s, check: x } ] }"
            + " => 2:50: task 't': drift: unknown policy 'remediat'; did you mean 'remediate'? Known: alert_only, remediate, remediate_and_alert",
        "{ selector: { all: true }, drift: alert_only, steps: [ { probe: s, check: x } ] } => 2:40:"
            + " task 't': drift: must be { policy: … }, is text",
        "{ selector: { all: true }, steps: [ { sytemd: s } ] } => 2:44: task 't': unknown step kind"
            + " 'sytemd'; known: probe",
        "{ selector: { all: true }, steps: [ { prob: s } ] } => 2:44: task 't': unknown step kind"
            + " 'prob'; did you mean 'probe'?",
        "{ selector: { all: true }, steps: [ { probe: { check: x } } ] } => 2:51: task 't': 'probe'"
            + " must be the name of the step, is a mapping; its fields stand beside it",
        "{ selector: { all: true }, steps: [ { probe: s } ] } => 2:51: task 't': step 's': 'check' is"
            + " missing: what is looked at",
        "{ selector: { all: true }, steps: [ probe ] } => 2:42: task 't': must be a step, such as {"
            + " shell: NAME, … }, is text",
        "{ selektor: { all: true }, steps: [ { probe: s, check: x } ] } => 2:8: task 't': unknown key"
            + " 'selektor'; did you mean 'selector'? Known: description, drift, selector, steps",
        "nothing => 2:6: task 't': must be a mapping with selector and steps, is text",
      })
  void aTaskIsToldWhatIsWrongWithIt(String task, String told) {
    assertThat(Yaml.wrong("tasks:\n  t: " + task + "\n")).contains(told);
  }

  @Tag("L02")
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "{ key: env, In: [a] } => unknown key 'In'; did you mean 'in'?",
        "{ key: env, in: a } => 'in': must be a list such as [a, b], is text",
        "{ key: env, in: [] } => label 'env': no values given; it could match no agent",
        "{ key: env, exists: false } => 'exists': must be true; for the opposite, say absent: true",
        "{ key: env } => needs 'key' and exactly one of in, not_in, exists, absent",
        "{ key: env, in: [a], not_in: [b] } => needs 'key' and exactly one of in, not_in, exists,"
            + " absent",
        "{ key: [env], exists: true } => must be text, is a list",
        "{ key: 'a\\u202e', exists: true } => U+202E is not allowed",
      })
  void anExpressionIsToldWhatIsWrongWithIt(String expression, String told) {
    String yaml =
        "tasks:\n  t:\n    selector: { match_expressions: [ "
            + expression.replace("'a\\u202e'", "\"a\\u202e\"")
            + " ] }\n    steps: [ { probe: s, check: x } ]\n";

    assertThat(Yaml.wrong(yaml)).singleElement().asString().contains("selector: ").contains(told);
  }

  @Tag("M01")
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "tasks: {}\\ntasks: {} => 2:1: key 'tasks' is there twice, first at 1:1; remove one of the"
            + " two",
        "tasks:\\n  t: {}\\n  t: {} => 3:3: tasks: key 't' is there twice, first at 2:3; remove one"
            + " of the two",
        "tasks:\\n  t:\\n    steps:\\n      - probe: a\\n        check: x\\n        check: y => 6:9:"
            + " task 't': key 'check' is there twice, first at 5:9; remove one of the two",
      })
  void equalKeysAreRefusedWithBothPlaces(String yaml, String told) {
    assertThat(Yaml.wrong(yaml.replace("\\n", "\n"))).contains(told);
  }

  @Tag("M08")
  @Test
  void namesAreUniqueCaseAsideAndBothPlacesAreNamed() {
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
  void everythingIsSaidAtOnceInOrderOfFilesAndPlaces() {
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
            "b.fluke.yaml:2:14: local 'a': is made of itself: a > a",
            "b.fluke.yaml:3:8: tasks: must be a mapping of task names, is text",
            "c.fluke.yaml:1:9: is no YAML: expected the node content, but found '<stream end>';"
                + " a { or [ may lack its end");
  }

  @Tag("Z05")
  @Tag("Z06")
  @Test
  void whatStrangersTypedIsShownHarmless() {
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
