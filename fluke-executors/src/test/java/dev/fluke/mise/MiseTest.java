package dev.fluke.mise;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Secret;
import dev.fluke.onhost.OneStep;
import dev.fluke.report.Plan.PlannedStep;
import dev.fluke.report.Plan.Verdict;
import dev.fluke.report.StepReport;
import dev.fluke.testkit.ExecutorContract;
import dev.fluke.transport.Local;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks in a directory, run by a real mise. */
@Tag("X06")
@Tag("slow")
class MiseTest {
  private static final String TASKS =
      """
      [tasks.check]
      run = 'test "$(cat state)" = "$WANT"'
      [tasks.apply]
      run = 'printf %s "$WANT" >state'
      """;

  @TempDir Path temp;
  private MiseOnHost host;
  private Path dir;

  @BeforeEach
  void prepare() throws Exception {
    host = MiseOnHost.in(temp);
    dir = Files.createDirectories(temp.resolve("parent/it's an app"));
  }

  private Mise tasks() {
    return host.with(Mise.in(dir.toString()).env("WANT", "it's 'quoted' $HOME"));
  }

  private void config(String text) throws Exception {
    Files.writeString(dir.resolve("mise.toml"), text);
  }

  private static String unknown(Mise mise) {
    PlannedStep step = OneStep.of(mise).check();
    assertThat(step.verdict()).as(step.message()).isEqualTo(Verdict.UNKNOWN);
    return step.message();
  }

  @Tag("R27")
  @Tag("R28")
  @ParameterizedTest
  @ValueSource(strings = {"mise.toml", ".mise.toml", "mise-tasks"})
  void keepsTheContract(String where) throws Exception {
    if (where.equals("mise-tasks")) {
      Path tasks = Files.createDirectory(dir.resolve(where));
      Files.writeString(tasks.resolve("check"), "#!/bin/sh\ntest \"$(cat state)\" = \"$WANT\"\n");
      Files.writeString(tasks.resolve("apply"), "#!/bin/sh\nprintf %s \"$WANT\" >state\n");
      assertThat(tasks.resolve("check").toFile().setExecutable(true)).isTrue();
      assertThat(tasks.resolve("apply").toFile().setExecutable(true)).isTrue();
    } else {
      Files.writeString(dir.resolve(where), TASKS);
    }

    ExecutorContract.of(tasks().trusted(), Local.machine()).files(temp.resolve("parent")).verify();

    assertThat(dir.resolve("state")).hasContent("it's 'quoted' $HOME");
  }

  @Test
  void runsTasksByTheirDeclaredNames() throws Exception {
    config(
        TASKS
            .replace("tasks.check", "tasks.'look:node'")
            .replace("tasks.apply", "tasks.'put node'"));

    assertThat(OneStep.of(tasks().trusted().checkTask("look:node").applyTask("put node")).cycle())
        .isApplied();
  }

  @Test
  void reportsWhatAFailingCheckPrintsAsDrift() throws Exception {
    config("[tasks.check]\nrun = 'echo node 20 is missing; echo at all >&2; exit 3'");

    assertThat(OneStep.of(tasks().trusted()).check().differences())
        .singleElement()
        .asString()
        .startsWith("check should be 'exit status 0', is 'exit status 3: ")
        .contains("node 20 is missing", "at all");
  }

  @Tag("X01")
  @Test
  void reportsUnknownWhenTheCheckTaskCannotTell() throws Exception {
    config("[tasks.check]\nrun = 'echo no idea; exit 75'");

    assertThat(unknown(tasks().trusted()))
        .startsWith("exit status 75")
        .contains("no idea", "(75 means: the check can't tell)");
  }

  @Test
  void reportsWhatAFailingApplyPrints() throws Exception {
    config("[tasks.check]\nrun = 'false'\n[tasks.apply]\nrun = 'echo the mirror is away; exit 4'");

    assertThat(OneStep.of(tasks().trusted()).cycle())
        .isFailed()
        .hasMessageContaining("exit status 4")
        .hasMessageContaining("the mirror is away");
  }

  @Tag("X02")
  @Test
  void killsAHangingCheckAndReportsUnknown() throws Exception {
    config("[tasks.check]\nrun = 'echo $$ >pid; exec sleep 3657'");
    OneStep step = OneStep.of(tasks().trusted()).checkTimeout(Duration.ofSeconds(6));

    assertThat(step.check().message()).startsWith("timed out after 6");

    String pid = Files.readString(dir.resolve("pid")).strip();
    assertThat(ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void namesAMissingTaskAndListsTheOthers() throws Exception {
    config("[tasks.chekc]\nrun = 'true'\ndescription = 'looks'\n[tasks.apply2]\nrun = 'true'");

    assertThat(unknown(tasks().trusted()))
        .isEqualTo("mise has no task 'check' in " + dir + "; it has: [apply2, chekc]");
  }

  @Test
  void namesAMissingApplyTask() throws Exception {
    config("[tasks.check]\nrun = 'false'");

    assertThat(OneStep.of(tasks().trusted()).cycle())
        .isFailed()
        .hasMessageContaining("mise has no task 'apply' in " + dir + "; it has: [check]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ignoresTasksOfParentDirectories(boolean throughLink) throws Exception {
    Files.writeString(temp.resolve("parent/mise.toml"), TASKS);
    config("[tasks.other]\nrun = 'true'");
    Path link = Files.createSymbolicLink(temp.resolve("link"), dir);
    Mise mise = host.with(Mise.in((throughLink ? link : dir).toString()).trusted());

    assertThat(unknown(mise)).contains("mise has no task 'check'", "it has: [other]");
  }

  @Test
  void quotesMiseOnAnInvalidConfiguration() throws Exception {
    config("[tasks.check\nrun = 'true'");

    assertThat(unknown(tasks().trusted()))
        .startsWith("mise can't read its configuration in " + dir)
        .contains("mise.toml:1:");
  }

  @Tag("Z07")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void neitherRunsNorTrustsAnUntrustedConfiguration(boolean unsafe) throws Exception {
    config(unsafe ? "[env]\nX = \"{{ exec(command='touch ran') }}\"\n" + TASKS : TASKS);

    for (int i = 0; i < 2; i++) {
      assertThat(unknown(tasks()))
          .isEqualTo(
              "mise does not trust the configuration in "
                  + dir
                  + "; set trust: true, or run MISE_PARANOID=1 mise trust there");
    }
    assertThat(OneStep.of(tasks()).forced()).isUnknown().hasMessageContaining("does not trust");
    assertThat(dir.resolve("ran")).doesNotExist();
    assertThat(dir.resolve("state")).doesNotExist();

    host.run(dir, "env", "MISE_PARANOID=1", MiseOnHost.mise().toString(), "trust");
    assertThat(OneStep.of(tasks()).cycle()).isApplied();
  }

  @Tag("Z07")
  @Test
  void doesNotTrustATaskThatIsAFile() throws Exception {
    Path task = Files.createDirectory(dir.resolve("mise-tasks")).resolve("check");
    Files.writeString(task, "#!/bin/sh\ntouch ran\n");
    assertThat(task.toFile().setExecutable(true)).isTrue();

    assertThat(unknown(tasks())).startsWith("mise does not trust the configuration in " + dir);
    assertThat(dir.resolve("ran")).doesNotExist();
  }

  @Test
  void installsNoToolDuringACheck() throws Exception {
    config("[tools]\nnode = '20.0.0'\n[tasks.check]\nrun = 'node-of-mise --version'");

    assertThat(OneStep.of(tasks().trusted()).check().differences())
        .singleElement()
        .asString()
        .contains("exit status 127");

    assertThat(host.home().resolve(".local/share/mise/installs")).doesNotExist();
  }

  @Test
  void quotesMiseWhenAnInstallFails() throws Exception {
    config(
        "[tools]\nnode = '20.0.0'\n[tasks.check]\nrun = 'false'\n"
            + "[tasks.apply]\nrun = 'mise install'");

    assertThat(OneStep.of(tasks().trusted().env("MISE_OFFLINE", "1")).cycle())
        .isFailed()
        .hasMessageContaining("node");
  }

  @Test
  void namesAMissingMise() throws Exception {
    config(TASKS);

    assertThat(unknown(tasks().trusted().env("PATH", "/usr/bin:/bin")))
        .isEqualTo("mise is not installed: it is neither in PATH nor in ~/.local/bin");

    Path bin = Files.createDirectories(host.home().resolve(".local/bin"));
    Files.createSymbolicLink(bin.resolve("mise"), MiseOnHost.mise());
    assertThat(OneStep.of(tasks().trusted().env("PATH", "/usr/bin:/bin")).cycle()).isApplied();
  }

  @Test
  void namesAMissingDirectory() throws Exception {
    Files.delete(dir);

    assertThat(unknown(tasks())).isEqualTo("the directory " + dir + " is missing");
  }

  @Tag("Z02")
  @Test
  void givesTasksOnlyTheDeclaredEnvironment() throws Exception {
    config("[tasks.check]\nrun = 'env >seen; echo \"$TOKEN\"; false'");
    Mise mise = tasks().trusted().env("TOKEN", Secret.of("canary-of-a-task"));

    StepReport report = OneStep.of(mise).cycle();

    List<String> seen = Files.readAllLines(dir.resolve("seen"));
    assertThat(seen).contains("TOKEN=canary-of-a-task", "WANT=it's 'quoted' $HOME");
    assertThat(seen).noneMatch(line -> line.matches("(?i)(fluke|git_|dir=|task=|url=|here=).*"));
    assertThat(report.toString() + report.differences()).doesNotContain("canary").contains("***");
  }
}
