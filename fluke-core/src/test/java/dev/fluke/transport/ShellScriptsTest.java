package dev.fluke.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.ShellQuoting;
import dev.fluke.time.Scheduler;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to shells, run in each of them. */
class ShellScriptsTest {
  private final Scheduler scheduler = Scheduler.system();
  private final Target target = Target.of("here", scheduler);

  @AfterEach
  void close() {
    scheduler.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void printsWhatTheHostCanDo(String shell) throws Exception {
    String out = ShellProgram.run(shell, ShellScripts.probing("M1", target)).out();

    assertThat(out).startsWith("M1").endsWith(";");
    HostCapabilities host = HostCapabilities.read(out.substring(2, out.length() - 1), target);
    assertThat(host.user()).isEqualTo(System.getProperty("user.name"));
    assertThat(host.names())
        .isEqualTo(List.of("/bin/sh", "/bin/bash", "timeout", "flock", "setsid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void printsTheLineOfInputThatArrived(String shell) throws Exception {
    String asks = "/bin/sh -c " + ShellQuoting.quote(ShellScripts.probingWithInput("M1", target));

    assertThat(ShellProgram.run(shell, "echo one | " + asks).out()).startsWith("M1one;M1");
    assertThat(ShellProgram.run(shell, asks + " </dev/null").out()).startsWith("M1;M1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void becomesACleanShellInTheUsersHome(String shell) throws Exception {
    String script =
        "A=left; export A; umask 077\n" + ShellScripts.opening("M1", UserShell.LOGIN, true, target);

    ShellProgram program = ShellProgram.run(shell, script);

    assertThat(program).isEqualTo(new ShellProgram("M1;", "", 0));
    String shows = ShellScripts.single("M1", "echo \"$A\"; pwd; umask; echo $PATH", target);
    assertThat(ShellProgram.run(shell, "A=left; export A; " + shows).out())
        .matches(
            "(?s)M1\\d+;\n%s\n0022\n%s\n"
                .formatted(System.getProperty("user.home"), target.searchPath()));
    assertThat(ShellProgram.run(shell, shows).err()).isEqualTo("M1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void listsWhatElseIsInTheSession(String shell) throws Exception {
    String lists = ShellScripts.listing("M1");

    assertThat(ShellProgram.run("setsid " + shell, lists).out()).isEqualTo("M1;");
    assertThat(
            ShellProgram.run("setsid " + shell, "sleep 3671 >&- 2>&- &\n" + lists + "kill $!\n")
                .out())
        .matches("M1 \\d+;");
    assertThat(ShellProgram.run(shell, lists).out()).as("leads no session").isEqualTo("M1?;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void leavesWithAllThatIsInTheSession(String shell) throws Exception {
    String waits = "(trap '' TERM; sleep 3672) >&- 2>&- & sleep 3673 >&- 2>&- &\n";

    ShellProgram left =
        ShellProgram.run(
            "setsid " + shell, waits + ShellScripts.leaving(2, "M1") + "echo not run\n");

    assertThat(left.out()).isEqualTo("M1;");
    assertThat(Shells.running("sleep 3672") || Shells.running("sleep 3673")).isFalse();
    assertThat(ShellProgram.run(shell, ShellScripts.leaving(2, "M1") + "echo on\n").out())
        .as("leads no session")
        .isEqualTo("M1?;on\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void endsASessionAndNamesWhatEscaped(String shell) throws Exception {
    Process leader =
        new ProcessBuilder(
                "setsid",
                "dash",
                "-c",
                "(trap '' TERM; sleep 3674) & setsid sleep 3675 & echo; wait")
            .start();
    assertThat(leader.getInputStream().read()).isEqualTo('\n');
    shellsUntil(() -> Shells.running("sleep 3675") && Shells.running("sleep 3674"));

    String out =
        ShellProgram.run(
                shell, ShellScripts.ending(Long.toString(leader.pid()), 2, "M1") + "echo no\n")
            .out();

    assertThat(out).matches("M1\\. \\d+;");
    SessionEnd end = SessionEnd.read(out.substring(2, out.length() - 1));
    assertThat(end.gone()).isTrue();
    assertThat(Shells.running("sleep 3674")).isFalse();
    assertThat(Shells.running("sleep 3675")).isTrue();
    ProcessHandle.of(Long.parseLong(end.escaped())).orElseThrow().destroyForcibly();
  }

  private static void shellsUntil(java.util.function.BooleanSupplier holds) throws Exception {
    try (Shells shells = new Shells()) {
      shells.until(holds);
    }
  }

  @Test
  void saysNothingThatACommentSays() {
    assertThat(ShellScripts.ending("77", 50, "M1")).startsWith("{\nof() {").doesNotContain("# ");
    assertThat(ShellScripts.introducing("M1")).isEqualTo("printf '%s%s;' M1 $$\n");
  }
}
