package dev.fluke.transport;

import static dev.fluke.transport.Shells.ask;
import static dev.fluke.transport.Shells.limited;
import static dev.fluke.transport.Shells.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a text means in a fork of a kept shell, in sh and in bash. */
@Tag("rule-5")
@Tag("slow")
class KeptShellTest {
  private final Shells shells = new Shells();

  @AfterEach
  void close() {
    shells.close();
  }

  /** Only one that names its own process has a shell of its own; the others get by with a fork. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTextMeansTheSameWithAndWithoutAShellOfItsOwn(boolean inBash) throws Exception {
    List<String> texts =
        List.of(
            "exit 3",
            "return 4",
            "(((",
            "echo \"open",
            "echo a # comment",
            "echo a \\",
            "cat <<x\n$HOME 'y'\nx",
            "set -e; false; echo no",
            "set -u; echo $nobody",
            "trap 'echo bye' EXIT; exit 5",
            "f() { return 7; }; f",
            "cd /; umask 077; PATH=/; readonly x=1; pwd; umask",
            "echo $# $*; echo ${0##*/}",
            "exec echo over",
            "exec 0<&- 1>&2; echo lost",
            "nosuchcommand",
            "break; continue; shift 9; echo on",
            "alias e=echo; unset PWD; (exit 9)",
            "sleep 0 & wait $!; jobs; echo $?",
            "env | grep -v '^_=' | sort; echo $0 $SHELL",
            "echo ${x:?no}",
            "readonly a=1; a=2; echo on",
            "[[ a == ? ]] && x=(1 2) && echo ${#x[@]}");
    List<Command> commands = new ArrayList<>();
    for (String text : texts) {
      for (String each : List.of(text, ": $$\n" + text, "echo $x; umask; pwd")) {
        Command command = limited(Command.shell(each));
        commands.add(inBash ? command.inDefaultShell() : command);
      }
    }
    try (HostConnection connection = shells.open(Local.machine())) {
      List<Answer> answers = connection.ask(commands);

      for (int i = 0; i < texts.size(); i++) {
        CommandResult forked = result(answers.get(3 * i));
        CommandResult own = result(answers.get(3 * i + 1));
        assertThat(forked.stdout()).as(texts.get(i)).isEqualTo(own.stdout());
        assertThat(forked.exitStatus()).as(texts.get(i)).isEqualTo(own.exitStatus());
        assertThat(result(answers.get(3 * i + 2)).stdout())
            .as("after %s", texts.get(i))
            .isEqualTo("\n0022\n" + System.getProperty("user.home") + "\n");
      }
    }
  }

  @Tag("rule-4")
  @Test
  void aBashThatASignalEndedShowsNothingOfItsScript() throws Exception {
    try (HostConnection connection = shells.open(Local.machine())) {
      for (String text : List.of("kill -KILL $$", "kill -KILL $BASHPID", "exec sh -c 'kill $$'")) {
        for (Command command :
            List.of(
                Command.shell(text),
                Command.shell(text).stdin("in"),
                Command.shell(text + " # " + "x".repeat(100_000)))) {
          CommandResult result =
              result(ask(connection, command.inDefaultShell().env("TOKEN", "canary")));

          assertThat(result.exitStatus()).isBetween(137, 143);
          assertThat(result.stderr()).isEmpty();
        }
      }
      Command speaks = Command.shell("echo err >&2; exit 3").inDefaultShell();
      assertThat(result(ask(connection, speaks)).stderr()).isEqualTo("err\n");
      assertThat(result(ask(connection, speaks.stdin("in"))).exitStatus()).isEqualTo(3);
    }
  }
}
