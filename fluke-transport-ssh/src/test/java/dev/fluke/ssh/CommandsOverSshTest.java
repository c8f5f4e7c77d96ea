package dev.fluke.ssh;

import static dev.fluke.ssh.Lab.ask;
import static dev.fluke.ssh.Lab.limited;
import static dev.fluke.ssh.Lab.none;
import static dev.fluke.ssh.Lab.result;
import static dev.fluke.ssh.Lab.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.HostConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands of all kinds through a real server: each has its own end and its own output. */
@Tag("slow")
class CommandsOverSshTest {
  @RegisterExtension static final Lab lab = new Lab();

  @Tag("T11")
  @Tag("rule-3")
  @Test
  void reportsASignalByTheExitStatus() throws Exception {
    Map<String, Integer> signals =
        Map.of("HUP", 129, "INT", 130, "ABRT", 134, "KILL", 137, "SEGV", 139, "TERM", 143);
    try (HostConnection connection = lab.open(lab.server().ssh())) {
      for (Map.Entry<String, Integer> signal : signals.entrySet()) {
        Command dying = Command.shell("echo out; kill -s " + signal.getKey() + " $$; sleep 5");
        for (Answer answer : List.of(ask(connection, dying), connection.act(limited(dying)))) {
          assertThat(result(answer).exitStatus()).as(signal.getKey()).isEqualTo(signal.getValue());
          assertThat(result(answer).stdout()).isEqualTo("out\n");
        }
      }
    }
  }

  @Tag("T12")
  @Test
  void keepsAThousandAnswersWholeAndInOrder() throws Exception {
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      commands.add(limited(Command.shell("echo " + i + "; echo e" + i + " >&2; exit " + i % 100)));
    }
    try (HostConnection connection = lab.open(lab.server().ssh())) {
      List<Answer> answers = connection.ask(commands);
      for (int i = 0; i < 1000; i++) {
        CommandResult result = result(answers.get(i));
        assertThat(result.exitStatus()).isEqualTo(i % 100);
        assertThat(result.stdout()).isEqualTo(i + "\n");
        assertThat(result.stderr()).isEqualTo("e" + i + "\n");
      }
      for (int i = 0; i < 50; i++) {
        CommandResult result = result(connection.act(commands.get(i)));
        assertThat(result.exitStatus()).isEqualTo(i);
        assertThat(result.stdout() + result.stderr()).isEqualTo(i + "\ne" + i + "\n");
      }
    }
  }

  @Tag("T13")
  @Test
  void answersThoughAChildHoldsTheOutput() throws Exception {
    Command leaving = Command.shell("sleep 3671 & exit 7").timeout(Duration.ofMinutes(10));
    try (HostConnection connection = lab.open(lab.server().ssh())) {
      long start = System.nanoTime();
      assertThat(result(ask(connection, leaving)).exitStatus()).isEqualTo(7);
      assertThat(result(connection.act(leaving)).exitStatus()).isEqualTo(7);
      assertThat(stdout(ask(connection, Command.of("echo", "mine")))).isEqualTo("mine\n");
      assertThat(stdout(connection.act(limited(Command.of("echo", "own"))))).isEqualTo("own\n");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(2));
    }
    List<ProcessHandle> left =
        ProcessHandle.allProcesses()
            .filter(one -> one.info().commandLine().orElse("").endsWith("sleep 3671"))
            .toList();
    assertThat(left).as("what an apply left, and no check").hasSize(1);
    left.forEach(ProcessHandle::destroy);
  }

  @Tag("T15")
  @Test
  void reportsProcessesThatLeftTheSessionOfACommand() throws Exception {
    Command escaping =
        Command.shell("setsid sleep 3672 & sleep 3673; :").timeout(Duration.ofSeconds(1));
    try (HostConnection connection = lab.open(lab.server().ssh())) {
      Answer.None standing = none(ask(connection, escaping));
      assertThat(standing.reason()).isEqualTo(Reason.KILLED);
      assertThat(standing.why())
          .isEqualTo(
              "timed out after 1 s; left in a session of its own: process " + escaped().pid());
      assertThat(stdout(ask(connection, Command.of("echo", "next")))).isEqualTo("next\n");
    } finally {
      escaped().destroy();
    }
  }

  private static ProcessHandle escaped() {
    return ProcessHandle.allProcesses()
        .filter(one -> one.info().commandLine().orElse("").endsWith("sleep 3672"))
        .findFirst()
        .orElseThrow();
  }

  @Tag("T19")
  @Tag("rule-5")
  @Test
  void sendsDeclaredVariablesAndNoneOfThisProcess() throws Exception {
    assertThat(System.getenv("PATH")).isNotEmpty();
    Command shows =
        Command.shell(
                "echo \"$A|$PATH|${LC_ALL-}|${LANG-none}|${JAVA_HOME-none}|$HOME\"; env | cut -d= -f1 | sort | tr '\\n' ' '")
            .env("A", "é canary");
    try (HostConnection connection = lab.open(lab.server().ssh())) {
      for (Answer answer : List.of(ask(connection, shows), connection.act(limited(shows)))) {
        assertThat(stdout(answer))
            .startsWith(
                "é canary|/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
                    + "|C.UTF-8|none|none|"
                    + System.getProperty("user.home")
                    + "\nA HOME LC_ALL LOGNAME ");
      }
    }
  }

  @Tag("T16")
  @Tag("rule-4")
  @Test
  void sendsTextAndInputOfAnySize() throws Exception {
    try (HostConnection connection = lab.open(lab.server().ssh())) {
      for (int kib : new int[] {100, 128, 200, 256, 600}) {
        Command text = limited(Command.shell(": " + "x".repeat(kib * 1024) + "; echo ok; exit 5"));
        for (Answer answer : List.of(ask(connection, text), connection.act(text))) {
          assertThat(result(answer).exitStatus()).as("%s KiB", kib).isEqualTo(5);
          assertThat(result(answer).stdout()).isEqualTo("ok\n");
        }
      }
      byte[] bytes = new byte[8 * 1024 * 1024];
      new Random(7).nextBytes(bytes);
      CRC32 sum = new CRC32();
      sum.update(bytes);
      String expected = Long.toHexString(sum.getValue());
      Command crc = limited(Command.shell("gzip -1 | tail -c 8 | od -An -tx4 -N4").stdin(bytes));
      assertThat(stdout(ask(connection, crc)).strip()).endsWith(expected);
      assertThat(stdout(connection.act(crc)).strip()).endsWith(expected);
    }
  }
}
