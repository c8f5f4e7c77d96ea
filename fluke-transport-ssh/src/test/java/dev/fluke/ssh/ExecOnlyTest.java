package dev.fluke.ssh;

import static dev.fluke.ssh.Lab.ask;
import static dev.fluke.ssh.Lab.limited;
import static dev.fluke.ssh.Lab.none;
import static dev.fluke.ssh.Lab.result;
import static dev.fluke.ssh.Lab.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.HostConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that run commands, but have no shell that could be kept. */
@Tag("slow")
class ExecOnlyTest {
  /** Runs what is asked for, as a container does into which no input leads. */
  private static final String WITHOUT_INPUT =
      "exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\" </dev/null";

  @RegisterExtension static final Lab lab = new Lab("MaxSessions 12");
  @TempDir Path dir;

  @BeforeEach
  void withoutInput() throws Exception {
    lab.server().force(WITHOUT_INPUT);
  }

  private static HostConnection opened() throws Exception {
    return lab.open(lab.server().ssh());
  }

  private static long running(String command) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::info)
        .filter(process -> process.command().orElse("").endsWith("/sleep"))
        .filter(process -> process.commandLine().orElse("").endsWith(command))
        .count();
  }

  @Test
  void usesAForcedCommandThatRunsTheRequestedCommand() throws Exception {
    for (String way : List.of("exec $SSH_ORIGINAL_COMMAND", "eval \"$SSH_ORIGINAL_COMMAND\"")) {
      lab.server().force(way);
      HostConnection connection = opened();
      assertThat(connection.remarks()).isEmpty();
      assertThat(stdout(ask(connection, Command.of("cat").stdin("shell")))).isEqualTo("shell");
      Command ownPath = limited(Command.shell("echo $PATH").env("PATH", "/no/such"));
      assertThat(stdout(ask(connection, ownPath))).isEqualTo("/no/such\n");
      assertThat(stdout(connection.act(ownPath))).isEqualTo("/no/such\n");
    }
  }

  @Tag("rule-2")
  @Tag("rule-3")
  @Test
  void answersInOrderWithTheStatusOfEachCommand() throws Exception {
    HostConnection connection = opened();
    List<Command> checks =
        IntStream.range(0, 20)
            .mapToObj(i -> limited(Command.shell("echo " + i + "; echo e >&2; exit " + i)))
            .toList();
    List<Answer> answers = connection.ask(checks);
    for (int i = 0; i < 20; i++) {
      assertThat(result(answers.get(i)).exitStatus()).isEqualTo(i);
      assertThat(stdout(answers.get(i))).isEqualTo(i + "\n");
      assertThat(result(answers.get(i)).stderr()).isEqualTo("e\n");
    }
    assertThat(stdout(connection.act(limited(Command.of("echo", "it's", "applied")))))
        .isEqualTo("it's applied\n");
    assertThat(connection.remarks())
        .containsExactly(
            "two processes may both apply here: no input reaches commands, so none can wait under"
                + " the lock",
            "no shell can be kept on this host: each check has a channel of its own, at most 8 at"
                + " once; and no input reaches commands");
  }

  @Test
  void runsAtMostEightAtOnce() throws Exception {
    String counts = "cd " + dir + "; : >$$; set -- [0-9]*; sleep 0.2; rm $$; echo $#";
    List<Answer> answers =
        opened().ask(IntStream.range(0, 24).mapToObj(i -> limited(Command.shell(counts))).toList());
    assertThat(answers)
        .extracting(answer -> Integer.parseInt(stdout(answer).strip()))
        .allMatch(n -> n <= 8)
        .anyMatch(n -> n > 1);
  }

  @Tag("T06")
  @Test
  void opensFewerChannelsWhereTheHostAllowsFewer() throws Exception {
    for (int most : new int[] {1, 3}) {
      try (SshServer narrow = SshServer.start(lab.dir(), "MaxSessions " + most)) {
        narrow.force(WITHOUT_INPUT);
        HostConnection connection = lab.open(narrow.ssh());
        Command check = limited(Command.shell("echo checked; exit 4"));
        List<Answer> answers = connection.ask(IntStream.range(0, 9).mapToObj(i -> check).toList());
        assertThat(answers).extracting(a -> result(a).exitStatus()).containsOnly(4);
        assertThat(stdout(connection.act(limited(Command.of("echo", "hi"))))).isEqualTo("hi\n");
        connection.close();
      }
    }
  }

  @Tag("rule-4")
  @Test
  void runsNothingThatAnArgumentMayNotShow() throws Exception {
    HostConnection connection = opened();
    Command plain = limited(Command.shell("echo $A; cat"));
    List<Command> hidden =
        List.of(plain.env("A", "canary"), plain.stdin("canary"), plain.runAs("nobody"));
    for (Command command : hidden) {
      for (Answer answer : List.of(ask(connection, command), connection.act(command))) {
        assertThat(none(answer).reason()).isEqualTo(Reason.NOT_BEGUN);
        assertThat(none(answer).why()).contains("the host gives commands no input");
      }
    }
  }

  @Tag("rule-3")
  @Test
  void takesNoListOfProcessesForTheEndOfACheck() throws Exception {
    Answer listed = ask(opened(), Command.shell("ps -ww -ef | cat; exit 5"));
    assertThat(result(listed).exitStatus()).isEqualTo(5);
    assertThat(stdout(listed)).contains("ps -ww -ef | cat; exit 5");
  }

  @Tag("T11")
  @Tag("T15")
  @Test
  void endsWhatHangsOrIsLeftBehindOnTheHost() throws Exception {
    HostConnection connection = opened();
    Command standing = Command.shell("sleep 3661 & trap '' TERM; sleep 3662");
    Command leaving = Command.shell("sleep 3663 & exit 7");
    List<Answer> answers =
        connection.ask(
            List.of(
                standing.timeout(Duration.ofSeconds(1)),
                limited(leaving),
                limited(Command.shell("kill -9 $$"))));

    assertThat(none(answers.get(0)).why()).isEqualTo("timed out after 1 s");
    assertThat(result(answers.get(1)).exitStatus()).isEqualTo(7);
    assertThat(result(answers.get(2)).exitStatus()).isEqualTo(137);
    assertThat(none(connection.act(standing.timeout(Duration.ofSeconds(1)))).reason())
        .isEqualTo(Reason.KILLED);
    for (int i = 3661; i <= 3663; i++) {
      assertThat(running("sleep " + i)).as("sleep " + i).isZero();
    }
    assertThat(stdout(ask(connection, Command.of("echo", "next")))).isEqualTo("next\n");
  }

  @Tag("T08")
  @Test
  void endsAllCommandsOnAnInterrupt() throws Exception {
    HostConnection connection = opened();
    Command sleeps = Command.shell("sleep 3664").timeout(Duration.ofMinutes(10));
    CompletableFuture<Thread> asking = new CompletableFuture<>();
    CompletableFuture<List<Answer>> answers =
        Lab.aside(
            () -> {
              asking.complete(Thread.currentThread());
              return connection.ask(List.of(sleeps, sleeps, sleeps));
            });
    lab.until("all three run", () -> running("sleep 3664") == 3);
    asking.get().interrupt();

    assertThat(Waiting.result(answers))
        .extracting(answer -> none(answer).reason())
        .containsOnly(Reason.KILLED);
    lab.until("none runs", () -> running("sleep 3664") == 0);
  }

  @Test
  void givesNoAnswerWhenTheConnectionIsLost() throws Exception {
    CuttingProxy proxy = lab.proxy();
    HostConnection connection = lab.open(lab.through(proxy));
    Path begun = dir.resolve("begun");
    CompletableFuture<Answer> answer =
        Lab.aside(() -> ask(connection, Command.shell(": >" + begun + "; sleep 2")));
    lab.until("it runs", () -> Files.exists(begun));
    proxy.close();

    assertThat(none(Waiting.result(answer)).reason()).isEqualTo(Reason.CONNECTION_LOST);
    assertThat(connection.isOpen()).isFalse();
  }
}
