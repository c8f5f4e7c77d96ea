package dev.fluke.mise;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.onhost.OneStep;
import dev.fluke.report.Plan.PlannedStep;
import dev.fluke.report.Plan.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks that a real mise skips, refuses or ends, or that are not those of the directory. */
@Tag("X06")
@Tag("slow")
class MiseNoAnswerTest {
  private static final String TASKS =
      """
      [tasks.wants-an-argument]
      usage = 'arg "<env>"'
      run = "exit 3"
      [tasks.needs-what-is-missing]
      depends = ["nope"]
      run = "exit 3"
      silent = true
      [tasks.asks]
      confirm = "sure?"
      run = "exit 3"
      [tasks.without-shell]
      shell = "/no/such/shell -c"
      run = "exit 3"
      [tasks.bad-template]
      run = "echo {{ nope }}"
      [tasks.killed]
      run = "kill -9 $$"
      [tasks.killed-inside]
      run = "sh -c 'kill -9 $$'"
      [tasks.late]
      timeout = "100ms"
      run = "sleep 9"
      [tasks.empty]
      [tasks.apply]
      run = "touch applied"
      """;

  @TempDir Path temp;
  private MiseOnHost host;
  private Path dir;

  @BeforeEach
  void prepare() throws Exception {
    host = MiseOnHost.in(temp);
    dir = Files.createDirectory(temp.resolve("it's an app"));
  }

  private Mise tasks() {
    return host.with(Mise.in(dir.toString()).trusted());
  }

  private static String unknown(Mise mise) {
    PlannedStep step = OneStep.of(mise).check();
    assertThat(step.verdict()).as(step.toString()).isEqualTo(Verdict.UNKNOWN);
    return step.message();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wants-an-argument     | Missing required arg: <env>
          needs-what-is-missing | gave no answer: task not found: nope
          asks                  | requires confirmation
          without-shell         | failed to execute command: /no/such/shell
          bad-template          | Failed to render task script
          killed                | killed by SIGKILL
          killed-inside         | 137
          late                  | timed out after 100ms
          empty                 | has nothing to run
          """)
  void reportsUnknownForACheckThatGaveNoAnswer(String task, String why) throws Exception {
    Files.writeString(dir.resolve("mise.toml"), TASKS);

    assertThat(OneStep.of(tasks().checkTask(task)).cycle()).isUnknown().hasMessageContaining(why);

    assertThat(dir.resolve("applied")).doesNotExist();
  }

  @Test
  void runsTasksThatMiseWouldSkip() throws Exception {
    Files.writeString(
        dir.resolve("mise.toml"),
        """
        [settings]
        task.skip = ["check", "apply", "compare"]
        [tasks.check]
        depends = ["compare"]
        [tasks.compare]
        run = "cmp -s app.conf deployed"
        sources = ["app.conf"]
        outputs = { auto = true }
        [tasks.apply]
        run = "cp app.conf deployed"
        sources = ["app.conf"]
        outputs = ["deployed"]
        """);
    Files.writeString(dir.resolve("app.conf"), "v1");
    assertThat(OneStep.of(tasks()).cycle()).isApplied();
    assertThat(OneStep.of(tasks()).check().verdict()).isEqualTo(Verdict.IN_SYNC);

    Files.writeString(dir.resolve("deployed"), "defaced");

    assertThat(OneStep.of(tasks()).cycle()).isApplied();
    assertThat(dir.resolve("deployed")).hasContent("v1");
  }

  @Test
  void takesNoTaskOfAnotherConfiguration() throws Exception {
    Path global = Files.createDirectories(host.home().resolve(".config/mise/conf.d"));
    Files.writeString(global.resolve("fleet.toml"), "[tasks.check]\nrun = 'true'\n");
    Files.writeString(dir.resolve("mise.toml"), "[tasks.apply]\nrun = 'touch applied'\n");

    assertThat(unknown(tasks()))
        .isEqualTo(
            "mise has no task 'check' in %s; the one of %s is not run: define it in the directory"
                .formatted(dir, global.resolve("fleet.toml")));

    Path included = Files.createDirectory(temp.resolve("shared")).resolve("check");
    Files.writeString(included, "#!/bin/sh\ntest -e applied\n");
    assertThat(included.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        dir.resolve("mise.toml"),
        "[task_config]\nincludes = ['../shared']\n[tasks.apply]\nrun = 'touch applied'\n");
    assertThat(OneStep.of(tasks()).cycle()).isApplied();
  }
}
