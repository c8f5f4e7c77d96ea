package dev.fluke.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands as scripts, run in each shell, whole and cut. */
@Tag("rule-2")
class CommandScriptTest {
  private static final HostCapabilities HOST =
      new HostCapabilities(true, "root", true, true, "1", List.of());
  private static final HostCapabilities BARE =
      new HostCapabilities(true, "root", false, false, "1", List.of());

  private final FrameMarkers marks = FrameMarkers.fresh(new Random(3));
  private final Scheduler scheduler = Scheduler.system();
  private final Target target = Target.of("here", scheduler);

  @AfterEach
  void close() {
    scheduler.close();
  }

  private CommandScript script(Command command, HostCapabilities host) {
    return new CommandScript(command, target, host, marks);
  }

  private String ended(int status) {
    return marks.ended() + status + ";";
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void runsNothingOfAScriptThatIsCutAtAnyByte(String shell, @TempDir Path dir) throws Exception {
    Path file = dir.resolve("f");
    for (Command command :
        List.of(
            Command.shell("echo ran > " + file),
            Command.shell("cat > " + file).stdin("some bytes\0é"))) {
      byte[] script = script(command, HOST).check().getBytes(StandardCharsets.UTF_8);
      int step = shell.equals("dash") ? 1 : 5;
      for (int cut = 0; cut < script.length - 2; cut += step) {
        ShellProgram program = ShellProgram.run(shell, script, cut);

        assertThat(file).as("cut at %s of %s", cut, script.length).doesNotExist();
        assertThat(program.out()).doesNotContain(marks.begun());
      }
      assertThat(ShellProgram.run(shell, script, script.length).out())
          .isEqualTo(marks.begun() + marks.ended() + "0;");
      Files.delete(file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void runsNothingOfAnApplyThatIsCutAtAnyByte(String shell, @TempDir Path dir) throws Exception {
    Path file = dir.resolve("f");
    byte[] script =
        script(Command.shell("echo > " + file), HOST).apply().getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut < script.length - 2; cut += 7) {
      assertThat(ShellProgram.run(shell, script, cut).out()).doesNotContain(marks.begun());
    }
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void printsOutputBetweenItsMarksOnBothStreams(String shell) throws Exception {
    Command command = Command.shell("echo out; echo err >&2; cat; exit 3").stdin("in'%\0\\");

    for (String script :
        List.of(
            script(command, HOST).check(),
            script(command, HOST).apply(),
            script(command, BARE).apply(),
            script(command.env("A", "x".repeat(100_000)), BARE).check())) {
      assertThat(ShellProgram.run(shell, script))
          .isEqualTo(
              new ShellProgram(marks.begun() + "out\nin'%\0\\" + ended(3), "err\n" + ended(3), 0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void runsALongTextFromAPipe(String shell) throws Exception {
    Command command = Command.shell(": " + "x".repeat(100_000) + "; echo $A; pwd; cat; exit 4");

    String script = script(command.env("A", "it's").in("/usr"), BARE).check();

    assertThat(ShellProgram.run(shell, script).out())
        .isEqualTo(marks.begun() + "it's\n/usr\n" + ended(4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void becomesAnotherUserWithThatUsersEnvironment(String shell) throws Exception {
    Command command = Command.shell("id -un; echo $USER $LOGNAME; umask").runAs("daemon");

    assertThat(ShellProgram.run(shell, script(command, BARE).check()).out())
        .isEqualTo(marks.begun() + "daemon\ndaemon daemon\n0022\n" + ended(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void goesOnWithWhatTheShellDoesAfterTheCommand(String shell) throws Exception {
    assertThat(
            ShellProgram.run(shell, script(Command.of("false"), HOST).checkAlone("echo then\n"))
                .out())
        .isEqualTo(marks.begun() + ended(1) + "then\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void entersTheDirectoryOrDoesNotBegin(String shell) throws Exception {
    Command command = Command.of("pwd").in("/no/such");

    assertThat(ShellProgram.run(shell, script(command, HOST).apply()).out()).isEqualTo(ended(97));
  }

  @Test
  void limitsAnApplyToItsTimeAndACheckOfAnotherUserToTenSecondsMore() {
    Command command = Command.of("ls").timeout(Duration.ofMillis(1500));

    assertThat(script(command, HOST).apply()).contains("exec timeout -k 5 1.500 /bin/sh");
    assertThat(script(command, BARE).apply()).doesNotContain("timeout");
    assertThat(script(command, HOST).check()).doesNotContain("timeout");
    assertThat(script(command.runAs("deploy"), HOST).check())
        .contains("runuser -u deploy -- timeout -k 5 11.500 /bin/sh");
    assertThat(script(command, HOST).checkAlone("")).contains("timeout -k 5 11.500");
  }

  @Test
  void becomesNobodyElseIfThatUserIsLoggedIn() {
    assertThat(script(Command.of("ls").runAs("root"), HOST).check())
        .isEqualTo(script(Command.of("ls"), HOST).check());
  }
}
