package dev.fluke.transport;

import static dev.fluke.transport.Shells.ask;
import static dev.fluke.transport.Shells.limited;
import static dev.fluke.transport.Shells.none;
import static dev.fluke.transport.Shells.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.transport.Answer.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks through real shells. */
@Tag("slow")
class CheckRoundTest {
  private final Shells shells = new Shells();

  @AfterEach
  void close() {
    shells.close();
  }

  @Tag("X01")
  @Tag("rule-2")
  @Tag("rule-3")
  @ParameterizedTest
  @MethodSource("dev.fluke.transport.Shells#all")
  void everyStatusComesBackAsItIs(Transport transport) throws Exception {
    int[] statuses = {0, 1, 2, 3, 75, 100, 125, 126, 127, 128, 129, 143, 192, 255};
    List<Command> commands = new ArrayList<>();
    for (int status : statuses) {
      commands.add(limited(Command.shell("echo out; echo err >&2; exit " + status)));
    }
    try (HostConnection connection = shells.open(transport)) {
      List<Answer> answers = connection.ask(commands);

      for (int i = 0; i < statuses.length; i++) {
        CommandResult result = result(answers.get(i));
        assertThat(result.exitStatus()).isEqualTo(statuses[i]);
        assertThat(result.stdout()).isEqualTo("out\n");
        assertThat(result.stderr()).isEqualTo("err\n");
      }
    }
  }

  @Tag("rule-5")
  @Tag("rule-4")
  @ParameterizedTest
  @MethodSource("dev.fluke.transport.Shells#all")
  void aCommandStartsClean(Transport transport) throws Exception {
    try (HostConnection connection = shells.open(transport)) {
      String script = "pwd; umask; cd; pwd; env | sort | cut -d= -f1 | tr '\\n' ' '";
      String[] lines = result(ask(connection, Command.shell(script))).stdout().split("\n", -1);

      assertThat(lines[0]).isEqualTo(lines[2]).isEqualTo(System.getProperty("user.home"));
      assertThat(lines[1]).isEqualTo("0022");
      assertThat(lines[3].split(" "))
          .contains("HOME", "LC_ALL", "PATH", "USER")
          .doesNotContain("ENV", "BASH_ENV", "JAVA_HOME");
    }
  }

  @Tag("rule-5")
  @Test
  void aShellStepRunsInTheDefaultShellAndAMissingOneIsSaid() throws Exception {
    Command version = Command.shell("echo \"$BASH_VERSION\"");
    try (HostConnection connection = shells.open(Local.machine())) {
      assertThat(result(ask(connection, version)).stdout()).isEqualTo("\n");
      assertThat(result(ask(connection, version.inDefaultShell())).stdout()).isNotEqualTo("\n");
    }
    Target target = Target.of("here", shells.scheduler).defaultShell("/bin/nosuchshell");
    try (HostConnection connection = Local.machine().open(target)) {
      Answer.None none = none(ask(connection, version.inDefaultShell()));
      assertThat(none.reason()).isEqualTo(Reason.NOT_BEGUN);
      assertThat(none.why()).contains("/bin/nosuchshell");
    }
  }

  @Tag("X02")
  @Tag("rule-5")
  @ParameterizedTest
  @MethodSource("dev.fluke.transport.Shells#all")
  void aCheckThatAsksAQuestionFindsNobodyThere(Transport transport) throws Exception {
    long start = System.nanoTime();
    try (HostConnection connection = shells.open(transport)) {
      assertThat(result(ask(connection, Command.shell("read x; echo \"got $x\""))).stdout())
          .isEqualTo("got \n");
      assertThat(result(ask(connection, Command.shell("exec 3</dev/tty"))).succeeded()).isFalse();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }

  @Tag("T11")
  @Tag("T18")
  @Tag("rule-7")
  @ParameterizedTest
  @MethodSource("dev.fluke.transport.Shells#all")
  void commandsThatDoTheirWorstSpoilNobodyElsesAnswer(Transport transport) throws Exception {
    List<Command> commands =
        List.of(
            Command.shell("kill -9 $$"),
            Command.shell("echo first"),
            Command.shell("kill -9 $PPID; sleep 1"),
            Command.shell("printf 'no newline'"),
            Command.shell("exec 1>&-; exit 4"),
            Command.shell("((("),
            Command.shell("printf 'a\\000b'"),
            Command.shell("echo last"));
    try (HostConnection connection = shells.open(transport)) {
      List<Answer> answers = connection.ask(commands.stream().map(Shells::limited).toList());

      assertThat(result(answers.get(0)).exitStatus()).isEqualTo(137);
      assertThat(result(answers.get(1)).stdout()).isEqualTo("first\n");
      assertThat(none(answers.get(2)).reason()).isEqualTo(Reason.GARBLED);
      assertThat(result(answers.get(3)).stdout()).isEqualTo("no newline");
      assertThat(result(answers.get(4)).exitStatus()).isEqualTo(4);
      assertThat(result(answers.get(5)).succeeded()).isFalse();
      assertThat(result(answers.get(6)).stdoutBytes()).containsExactly('a', 0, 'b');
      assertThat(result(answers.get(7)).stdout()).isEqualTo("last\n");
    }
  }

  @Tag("R30")
  @Tag("rule-6")
  @Tag("rule-7")
  @Test
  void aStandingCheckIsKilledAtItsLimitAndTheOthersAreAnswered() throws Exception {
    try (HostConnection connection = shells.open(Local.machine())) {
      List<Answer> answers =
          connection.ask(
              List.of(
                  limited(Command.shell("echo a")),
                  Command.shell("echo $$; trap '' TERM; " + endless(1))
                      .timeout(Duration.ofSeconds(1)),
                  limited(Command.shell("echo b"))));

      assertThat(result(answers.get(0)).stdout()).isEqualTo("a\n");
      assertThat(none(answers.get(1)).reason()).isEqualTo(Reason.KILLED);
      assertThat(none(answers.get(1)).why()).isEqualTo("timed out after 1 s");
      assertThat(result(answers.get(2)).stdout()).isEqualTo("b\n");
      assertThat(Shells.running(endless(1))).isFalse();
    }
  }

  /** A command that no other run of these tests on this machine has. */
  private static String endless(int number) {
    return "sleep " + (1_000_000L * number + ProcessHandle.current().pid());
  }

  @Tag("rule-6")
  @Test
  void anotherUsersStandingCheckIsKilledTooAndGivesNoStatus() throws Exception {
    try (HostConnection connection = shells.open(Local.machine())) {
      Command sleeps =
          Command.of("sleep", "3612")
              .runAs("nobody")
              .stdin(new byte[2 * 1024 * 1024]) // takes a while to arrive, before it begins
              .timeout(Duration.ofMillis(700));

      assertThat(none(ask(connection, sleeps)).why()).isEqualTo("timed out after 0.700 s");
      assertThat(Shells.running("sleep 3612")).isFalse();
    }
  }

  @Tag("T13")
  @ParameterizedTest
  @MethodSource("dev.fluke.transport.Shells#all")
  void aChildLeftInTheBackgroundDelaysNothingAndGoesWithItsShell(Transport transport)
      throws Exception {
    try (HostConnection connection = shells.open(transport)) {
      long start = System.nanoTime();
      assertThat(result(ask(connection, Command.shell(endless(2) + " & exit 7"))).exitStatus())
          .isEqualTo(7);
      assertThat(result(ask(connection, Command.shell("echo mine"))).stdout()).isEqualTo("mine\n");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }
    shells.until(() -> !Shells.running(endless(2)));
  }

  @Tag("T14")
  @Tag("rule-6")
  @Test
  void longOutputIsCutAndAnEndlessCheckIsKilled() throws Exception {
    try (HostConnection connection = shells.open(Local.machine())) {
      CommandResult cut =
          result(ask(connection, Command.shell("head -c 3000000 /dev/zero; echo; echo end")));
      Answer endless = ask(connection, Command.of("yes"));

      assertThat(cut.truncated()).isTrue();
      assertThat(cut.stdoutBytes()).hasSize(256 * 1024);
      assertThat(new String(cut.stdoutBytes(), StandardCharsets.UTF_8)).endsWith("\nend\n");
      assertThat(none(endless).reason()).isEqualTo(Reason.TOO_MUCH_OUTPUT);
      assertThat(result(ask(connection, Command.of("echo", "next"))).stdout()).isEqualTo("next\n");
    }
  }

  @Tag("T16")
  @Tag("rule-4")
  @ParameterizedTest
  @MethodSource("dev.fluke.transport.Shells#all")
  void textAndInputOfAnySizeArrive(Transport transport) throws Exception {
    try (HostConnection connection = shells.open(transport)) {
      for (int kib : new int[] {1, 100, 128, 200, 600}) {
        String text = "x".repeat(kib * 1024);
        Command script = Command.shell(": " + text + "; echo ${#A}").env("A", text.substring(0, 9));
        assertThat(result(ask(connection, script)).stdout()).as("%s KiB", kib).isEqualTo("9\n");
      }
      byte[] bytes = new byte[2 * 1024 * 1024];
      new Random(5).nextBytes(bytes);
      String sum = result(ask(connection, Command.of("cksum").stdin(bytes))).stdout();
      assertThat(sum).endsWith(" " + bytes.length + "\n");
    }
  }

  @Tag("rule-6")
  @Test
  void theHostsOwnWatchOverAnotherUsersCheckIsNotTakenForItsAnswer() throws Exception {
    Command standing =
        Command.shell("exec sleep 3641").runAs("nobody").timeout(Duration.ofSeconds(1));
    try (HostConnection connection = shells.open(Local.machine())) {
      for (int i = 0; i < 3; i++) {
        assertThat(none(Shells.ask(connection, standing)).reason()).isEqualTo(Reason.KILLED);
      }
      Command early = Command.shell("exit 124").runAs("nobody").timeout(Duration.ofSeconds(20));
      assertThat(result(Shells.ask(connection, early)).exitStatus()).isEqualTo(124);
    }
  }
}
