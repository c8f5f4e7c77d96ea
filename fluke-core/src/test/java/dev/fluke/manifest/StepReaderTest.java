package dev.fluke.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.executor.Executor;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.executor.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps: kind, fields and options, and the mistakes in them. */
class StepReaderTest {

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
        "check: x\\nunit: -x => 7:15: task 't': step 's': 'unit': is '-x', which a program could read as an option; it can't begin with '-'",
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
            + " 3650d",
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
        "check: x\\nsource: ../../etc/passwd => 5:16: task 't': step 's': file '../../etc/passwd' is outside the source",
        "check: ${local.nope} => 6:16: task 't': step 's': 'check': unknown local 'nope'; there is"
            + " none yet",
        "check: a ${locals.x} => 6:16: task 't': step 's': 'check': '${locals.x}' is not"
            + " ${local.NAME}; to keep it as text, write $${locals.x}",
      })
  void reportsEachMistakeOfAStep(String lines, String problem) {
    assertThat(Yaml.wrong(Yaml.step(lines.replace("\\n", "\n")))).contains(problem);
  }

  @Test
  void readsTheOptionsOfEveryStep() throws Exception {
    Step step =
        Yaml.good(Yaml.step("check: x\non_failure: continue\ntimeout: 2m\ncheck_timeout: 3s"))
            .tasks()
            .get(0)
            .steps()
            .get(0);

    assertThat(step.onFailure()).isEqualTo(OnFailure.CONTINUE);
    assertThat(step.timeout()).hasToString("Optional[PT2M]");
    assertThat(step.checkTimeout()).hasToString("Optional[PT3S]");
  }

  /** A kind with a bug. */
  private record Buggy(Supplier<Executor> reading) implements ExecutorKind {
    @Override
    public String name() {
      return "buggy";
    }

    @Override
    public String about() {
      return "Has a bug.";
    }

    @Override
    public List<Field<?>> fields() {
      return List.of();
    }

    @Override
    public Executor read(Settings values) {
      return reading.get();
    }
  }

  private static void readWith(Supplier<Executor> reading) throws InvalidManifestException {
    String yaml = Yaml.step("").replace("probe", "buggy");
    ManifestReader.of(new Buggy(reading))
        .read(Map.of("a.fluke.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void reportsBugsOfKindsWithTheirPlace() {
    assertThatThrownBy(() -> readWith(() -> null))
        .hasMessage(
            "a.fluke.yaml:5:16: task 't': step 's': kind 'buggy' returned no executor, which is a"
                + " bug in the kind");
    assertThatThrownBy(
            () ->
                readWith(
                    () -> {
                      throw new IllegalStateException("oops");
                    }))
        .hasMessage(
            "a.fluke.yaml:5:16: task 't': step 's': kind 'buggy' failed, which is a bug in the"
                + " kind: java.lang.IllegalStateException: oops");
  }
}
