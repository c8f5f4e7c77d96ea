package dev.fluke.mise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.CommandFailedException;
import dev.fluke.command.CommandResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the output of the programs for mise and Git means. */
class MiseAnswerTest {
  private static final WorkingCopy COPY = new WorkingCopy("git@host:app.git", "main", false);

  private static MiseAnswer answer(CommandResult result) {
    return new MiseAnswer("/opt/app", "check", COPY, result);
  }

  private static MiseAnswer printed(String stdout) {
    return answer(CommandResult.exited(0).withStdout(stdout));
  }

  private static List<String> meaning(MiseAnswer answer) {
    return answer
        .ofCheck()
        .fold(
            inSync -> List.of(),
            drifted -> drifted.differences().stream().map(Object::toString).toList(),
            unknown -> List.of("unknown: " + unknown.why()));
  }

  @Test
  void takesTheStatusAndOutputOfTheTaskThatRan() {
    assertThat(meaning(printed("ran\nall is well\n"))).isEmpty();
    assertThat(meaning(answer(CommandResult.exited(1).withStdout("ran\n\nran\nbad\n"))))
        .singleElement()
        .asString()
        .contains("ran\\nbad");
    assertThat(meaning(answer(CommandResult.exited(75).withStdout("ran\n"))))
        .singleElement()
        .asString()
        .startsWith("unknown: ");
  }

  @Test
  void joinsAllDifferencesOfTheWorkingCopy() {
    assertThat(
            meaning(printed("remote https://u:p@x/\ncommit new old\nchanged  M a\nchanged  D b\n")))
        .containsExactly(
            "origin should be 'git@host:app.git', is 'https://…@x/'",
            "commit should be 'new', is 'old'",
            "changes should be 'none', is 'M a, D b'");
    assertThat(meaning(printed("clone new\n")))
        .containsExactly("working copy should be 'new', is 'missing'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no-git       | git is not installed: it is not in PATH
          link         | /opt/app is a symbolic link; declare the directory that it points to
          foreign      | /opt/app exists, but is not a Git working copy; move it away
          no-commit    | /opt/app is a working copy without a commit; move it away, and the apply clones it: oops
          no-branch    | there is no branch main of git@host:app.git
          unreachable  | git can't read branch main of git@host:app.git: oops
          no-directory | the directory /opt/app is missing
          closed       | the directory /opt/app can't be entered: oops
          no-mise      | mise is not installed: it is neither in PATH nor in ~/.local/bin
          untrusted    | mise does not trust the configuration in /opt/app; set trust: true, or run MISE_PARANOID=1 mise trust there
          broken       | mise can't read its configuration in /opt/app: oops
          """)
  void wordsEachProblem(String finding, String message) {
    MiseAnswer answer =
        answer(CommandResult.exited(0).withStdout(finding + "\n").withStderr("oops\n"));

    assertThat(meaning(answer)).containsExactly("unknown: " + message);
    assertThatThrownBy(answer::ofApply).isInstanceOf(MiseException.class).hasMessage(message);
  }

  @Test
  void listsTheTasksThatThereAre() {
    assertThat(meaning(printed("no-task\ntask chekc  checks\ntask apply\n")))
        .containsExactly("unknown: mise has no task 'check' in /opt/app; it has: [chekc, apply]");
  }

  @Test
  void quotesTheShellWhenNothingRan() {
    CommandResult result = CommandResult.exited(2).withStderr("sh: syntax error\n");

    assertThat(meaning(answer(result)))
        .containsExactly("unknown: task 'check' did not run: exit status 2: sh: syntax error");
    assertThatThrownBy(() -> answer(result).ofApply())
        .isInstanceOf(MiseException.class)
        .hasMessage("task 'check' did not run: exit status 2: sh: syntax error");
  }

  @Test
  void failsAnApplyByTheStatusOfItsTask() {
    assertThatCode(() -> printed("ran\ndone\n").ofApply()).doesNotThrowAnyException();
    assertThatThrownBy(() -> answer(CommandResult.exited(3).withStdout("ran\nno disk\n")).ofApply())
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("no disk");
  }
}
