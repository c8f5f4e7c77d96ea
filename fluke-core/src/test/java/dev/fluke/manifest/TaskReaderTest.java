package dev.fluke.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks: name, selector, policy and steps, and the mistakes in them. */
class TaskReaderTest {

  @Tag("M06")
  @Tag("M11")
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "{ steps: [ { probe: s, check: x } ] } => 2:3: task 't': 'selector' is missing; to select every agent, write selector: { all: true }",
        "{ selector: { all: true } } => 2:3: task 't': 'steps' is missing; a task has at least one",
        "{ selector: { all: true }, steps: [] } => 2:40: task 't': 'steps' must be a list with at"
            + " least one step, is empty",
        "{ selector: { }, steps: [ { probe: s, check: x } ] } => 2:18: task 't': selector: selects"
            + " nothing; to select every agent, write selector: { all: true }",
        "{ selector: { match_labels: { } }, steps: [ { probe: s, check: x } ] } => 2:34: task 't':"
            + " selector: 'match_labels' is empty; to select every agent, write selector: { all: true }",
        "{ selector: { all: false }, steps: [ { probe: s, check: x } ] } => 2:20: task 't': selector:"
            + " 'all' must be true and the only key; to select some agents, remove it",
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
            + " must be the name of the step, is a mapping; put its fields beside the kind",
        "{ selector: { all: true }, steps: [ { probe: s } ] } => 2:51: task 't': step 's': 'check' is"
            + " missing: what is looked at",
        "{ selector: { all: true }, steps: [ probe ] } => 2:42: task 't': must be a step, such as {"
            + " shell: NAME, … }, is text",
        "{ selektor: { all: true }, steps: [ { probe: s, check: x } ] } => 2:8: task 't': unknown key"
            + " 'selektor'; did you mean 'selector'? Known: description, drift, selector, steps",
        "nothing => 2:6: task 't': must be a mapping with selector and steps, is text",
      })
  void reportsEachMistakeOfATask(String task, String problem) {
    assertThat(Yaml.wrong("tasks:\n  t: " + task + "\n")).contains(problem);
  }

  @Test
  void refusesPoliciesThatAlertIfThereIsNoSink() throws Exception {
    ManifestReader silent = Yaml.READER.withoutAlerts();
    String alerting =
        Yaml.step("check: x")
            .replace("    steps:", "    drift: { policy: alert_only }\n    steps:");

    assertThatThrownBy(
            () -> silent.read(Map.of("a.fluke.yaml", alerting.getBytes(StandardCharsets.UTF_8))))
        .hasMessage(
            "a.fluke.yaml:4:22: task 't': drift: its drift policy is alert_only, and there is no"
                + " alert sink; call alerts(..) on the builder of the reconciler, or set"
                + " drift.alert_webhook in a config");
    assertThat(Yaml.good(alerting).tasks().get(0).policy()).contains(DriftPolicy.ALERT_ONLY);
  }
}
