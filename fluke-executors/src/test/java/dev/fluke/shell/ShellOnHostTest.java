package dev.fluke.shell;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Secret;
import dev.fluke.onhost.OneStep;
import dev.fluke.report.Plan.PlannedStep;
import dev.fluke.report.Plan.Verdict;
import dev.fluke.report.StepReport;
import dev.fluke.testkit.ExecutorContract;
import dev.fluke.transport.Local;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two commands of the user's own, on this machine. */
class ShellOnHostTest {
  @TempDir Path dir;

  private Shell in(String check, String command) {
    return Shell.check(check).command(command).in(dir.toString());
  }

  @Tag("R27")
  @Tag("R28")
  @ParameterizedTest
  @ValueSource(strings = {"missing", "other", "directory"})
  void keepsTheContractFromEveryStart(String start) {
    Path file = dir.resolve("f");
    Shell shell =
        in(
                """
                set -e
                # several lines, and text that a shell might take for its own
                wanted="it's \\"$WANT\\""
                test -f f
                test "$(cat f)" = "$wanted"
                """,
                """
                if [ -d f ]; then
                  rmdir f
                fi
                cat >f <<EOF
                it's "$WANT"
                EOF
                """)
            .env("WANT", "a $HOME `id` \\ *\nline");

    ExecutorContract.of(shell, Local.machine())
        .brokenBy(
            () -> {
              try {
                if (start.equals("other")) {
                  Files.writeString(file, "other");
                } else if (start.equals("directory")) {
                  Files.createDirectory(file);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .files(dir)
        .verify();

    assertThat(file).hasContent("it's \"a $HOME `id` \\ *\nline\"\n");
  }

  @Test
  void runsBothInTheSameShellDirectoryUserAndEnvironment() throws Exception {
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxrwxrwx"));
    String seen = "{ echo $BASH_VERSION; pwd; id -un; umask; env | grep -v '^_=' | sort; } 2>&1";
    Shell shell =
        in(seen + " | cmp -s - seen", seen + " >seen")
            .runAs("nobody")
            .env("WANT", "text")
            .env("TOKEN", Secret.of("canary-of-a-shell"));

    StepReport report = OneStep.of(shell).cycle();

    assertThat(report).isApplied();
    assertThat(dir.resolve("seen"))
        .content()
        .startsWith("5.")
        .contains("\n" + dir + "\nnobody\n0022\n", "\nTOKEN=canary-of-a-shell\n", "\nWANT=text\n");
    assertThat(report.toString() + report.differences() + shell).doesNotContain("canary");
  }

  @Tag("X01")
  @ParameterizedTest
  @CsvSource({
    "0, IN_SYNC", "1, WOULD_BE_APPLIED", "2, WOULD_BE_APPLIED", "3, WOULD_BE_APPLIED",
    "75, UNKNOWN", "100, WOULD_BE_APPLIED", "125, WOULD_BE_APPLIED", "126, WOULD_BE_APPLIED",
    "127, WOULD_BE_APPLIED", "128, WOULD_BE_APPLIED", "129, UNKNOWN", "137, UNKNOWN",
    "192, UNKNOWN", "193, WOULD_BE_APPLIED", "255, WOULD_BE_APPLIED"
  })
  void interpretsEachExitStatus(int status, Verdict verdict) {
    assertThat(OneStep.of(in("exit " + status, ":")).check().verdict()).isEqualTo(verdict);
    assertThat(
            OneStep.of(in("(exit " + status + ")", ":").runAs("nobody").in("/")).check().verdict())
        .isEqualTo(verdict);
  }

  @Tag("X01")
  @ParameterizedTest
  @ValueSource(strings = {"kill -KILL $$", "kill -TERM $$", "exec sleep 3658"})
  void reportsUnknownWithoutAnExitStatus(String check) {
    PlannedStep step = OneStep.of(in(check, ":")).checkTimeout(Duration.ofSeconds(2)).check();

    assertThat(step.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(step.message()).isNotEmpty();
  }

  @Tag("X01")
  @Test
  void ignoresWordsOnStandardError() {
    assertThat(OneStep.of(in("echo trouble >&2", ":")).cycle()).isInSync();
  }

  @Tag("X02")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat; exit 3",
        "read answer </dev/tty; exit 3",
        "printf 'sure? '; read answer; exit 3",
        "git --paginate help -a; exit 3"
      })
  void endsACheckThatPromptsByItself(String check) {
    PlannedStep step = OneStep.of(in(check, ":")).checkTimeout(Duration.ofSeconds(20)).check();

    assertThat(step.differences()).singleElement().asString().contains("exit status 3");
  }

  @Test
  void reportsUnknownForAMissingDirectory() {
    StepReport report = OneStep.of(in("true", "true").in("/no/such/dir")).cycle();

    assertThat(report).isUnknown().hasMessageContaining("/no/such/dir");
  }

  @Tag("Z03")
  @Test
  void runsNothingForAMissingUser() {
    StepReport report =
        OneStep.of(in("touch ran; false", "touch ran").runAs("no-such-user")).cycle();

    assertThat(report).isUnknown().hasMessageContaining("no-such-user");
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void runsAScriptOfAnyLength() {
    String padding = "# padding\n".repeat(20_000);

    assertThat(OneStep.of(in(padding + "test -e f", padding + "touch f")).cycle()).isApplied();
  }
}
