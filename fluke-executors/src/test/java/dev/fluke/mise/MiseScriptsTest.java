package dev.fluke.mise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.onhost.PosixShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs for mise and Git in every shell, with a mise that only says how it was called. */
class MiseScriptsTest {
  @TempDir Path temp;
  private Path dir;

  @BeforeEach
  void installMise() throws Exception {
    dir = Files.createDirectory(temp.resolve("it's an app"));
    Path mise = Files.createDirectory(temp.resolve("bin")).resolve("mise");
    Files.writeString(
        mise,
        """
        #!/bin/sh
        case "$*" in
          'tasks info --json none') echo 'no task' >&2; exit 1 ;;
          'tasks ls --no-header') echo 'check  checks' ;;
          'tasks info --json closed') echo 'Config is not trusted' >&2; exit 1 ;;
          run*) echo "$* offline=$MISE_OFFLINE paranoid=$MISE_PARANOID in $(pwd)"; exit 3 ;;
        esac
        """);
    assertThat(mise.toFile().setExecutable(true)).isTrue();
  }

  private CommandResult run(PosixShell shell, String script) throws Exception {
    Command command = Command.shell(script).env("PATH", temp.resolve("bin") + ":/usr/bin:/bin");
    return shell.run(command.env("HOME", temp.toString()));
  }

  private MiseTasks tasks() {
    return MiseTasks.in(dir.toString());
  }

  @ParameterizedTest
  @EnumSource
  void becomesTheTask(PosixShell shell) throws Exception {
    CommandResult check = run(shell, MiseScripts.check(tasks(), null));
    CommandResult apply = run(shell, MiseScripts.apply(tasks().trust(), null));

    assertThat(check.stdout())
        .isEqualTo("ran\nrun --quiet --force check offline=1 paranoid=1 in " + dir + "\n");
    assertThat(check.exitStatus()).isEqualTo(3);
    assertThat(apply.stdout())
        .isEqualTo("ran\nrun --quiet --force apply offline= paranoid= in " + dir + "\n");
  }

  @ParameterizedTest
  @EnumSource
  void saysWhyTheTaskCannotRun(PosixShell shell) throws Exception {
    assertThat(run(shell, MiseScripts.check(tasks().check("none"), null)).stdout())
        .isEqualTo("no-task\ntask check  checks\n");
    assertThat(run(shell, MiseScripts.check(tasks().check("closed"), null)).stdout())
        .isEqualTo("untrusted\n");
    assertThat(run(shell, MiseScripts.check(MiseTasks.in(temp + "/none"), null)).stdout())
        .isEqualTo("no-directory\n");
  }

  @ParameterizedTest
  @EnumSource
  void findsOutThatGitIsMissing(PosixShell shell) throws Exception {
    Files.createSymbolicLink(temp.resolve("bin/stat"), Path.of("/usr/bin/stat"));
    WorkingCopy copy = new WorkingCopy("file:///x", "main", false);
    Command check = Command.shell(MiseScripts.check(tasks(), copy));

    CommandResult result =
        shell.run(check.env("PATH", temp.resolve("bin").toString()).env("HOME", temp.toString()));

    assertThat(result.stdout()).isEqualTo("no-git\n");
  }

  @ParameterizedTest
  @EnumSource
  void clonesAndComparesAWorkingCopy(PosixShell shell) throws Exception {
    Path origin = Files.createDirectory(temp.resolve("origin"));
    git(origin, "init", "-q", "-b", "main");
    git(origin, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "x", "--allow-empty");
    String head = git(origin, "rev-parse", "HEAD");
    WorkingCopy copy = new WorkingCopy("file://" + origin, "main", false);

    assertThat(run(shell, MiseScripts.check(tasks(), copy)).stdout())
        .isEqualTo("clone " + head + "\n");
    assertThat(run(shell, MiseScripts.apply(tasks(), copy)).stdout()).startsWith("ran\n");
    assertThat(run(shell, MiseScripts.check(tasks(), copy)).stdout()).startsWith("ran\n");
    assertThat(git(dir, "rev-parse", "HEAD")).isEqualTo(head);

    git(dir, "remote", "set-url", "origin", "https://other.test/");
    assertThat(run(shell, MiseScripts.check(tasks(), copy)).stdout())
        .isEqualTo("remote https://other.test/\n");
    assertThat(run(shell, MiseScripts.apply(tasks(), copy)).stderr())
        .isEqualTo(
            dir
                + ": is a clone of another repository; correct it by hand,"
                + " or set discard_local_changes: true\n");
    assertThat(run(shell, MiseScripts.apply(tasks(), copy.discarding())).stdout())
        .startsWith("ran\n");
  }

  private String git(Path where, String... words) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("git").directory(where.toFile());
    builder.command().addAll(List.of(words));
    builder.environment().put("HOME", temp.toString());
    Process process = builder.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed.strip();
  }

  @Test
  void quotesValuesAndSetsNoEnvironment() {
    WorkingCopy copy = new WorkingCopy("git@host:it's.git", "main", true);

    assertThat(MiseScripts.apply(MiseTasks.in("/opt/it's").apply("a b").trust(), copy))
        .startsWith(
            """
            dir='/opt/it'\\''s'
            task='a b'
            trust=yes
            url='git@host:it'\\''s.git'
            branch='main'
            discard=yes
            mark=%s
            """
                .formatted(Integer.toHexString("/opt/it's".hashCode())));
  }
}
