package dev.fluke.transport;

import static dev.fluke.transport.Shells.ask;
import static dev.fluke.transport.Shells.limited;
import static dev.fluke.transport.Shells.none;
import static dev.fluke.transport.Shells.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The checks of one question, which run as several users and in two kinds of shells. */
@Tag("rule-2")
@Tag("slow")
class CheckRoundsTest {
  private static final Command WHO = limited(Command.shell("id -un; echo ${BASH_VERSION%%.*}"));
  private static final List<Command> FOUR =
      List.of(
          WHO,
          WHO.runAs("nobody"),
          WHO.inDefaultShell(),
          WHO.inDefaultShell().runAs("nobody"),
          WHO.runAs("daemon"));

  private final Shells shells = new Shells();
  private Path dir;

  @BeforeEach
  void open() throws Exception {
    dir = Files.createTempDirectory("rounds");
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterEach
  void close() throws Exception {
    shells.close();
    new ProcessBuilder("rm", "-r", dir.toString()).start().waitFor();
  }

  private static void assertThatAllAnswer(HostConnection connection) {
    List<Answer> answers = connection.ask(FOUR);
    assertThat(answers.subList(0, 2))
        .extracting(answer -> result(answer).stdout())
        .containsExactly("root\n\n", "nobody\n\n");
    assertThat(result(answers.get(2)).stdout()).matches("root\n\\d\n");
    assertThat(result(answers.get(3)).stdout()).matches("nobody\n\\d\n");
    assertThat(result(answers.get(4)).stdout()).isEqualTo("daemon\n\n");
  }

  private HostConnection cramped(int room) throws Exception {
    return HostConnection.overShells(
        new CrampedLine(room, shells.scheduler, Shells.inHome(dir, "exec sh")),
        Target.of("here", shells.scheduler));
  }

  @Test
  void runsThoseOfEveryUserAndShellSideBySide() throws Exception {
    String meets = ": >$(id -un)-${0##*/}; until test -e %s; do sleep 0.01; done; echo met";
    List<Command> three =
        List.of(
            limited(Command.shell(meets.formatted("nobody-sh")).in(dir.toString())),
            limited(Command.shell(meets.formatted("root-sh")).in(dir.toString()).inDefaultShell()),
            limited(
                Command.shell(meets.formatted("root-bash")).in(dir.toString()).runAs("nobody")));
    try (HostConnection connection = shells.open(Local.machine())) {
      assertThat(connection.ask(three))
          .extracting(answer -> result(answer).stdout())
          .containsOnly("met\n");
    }
  }

  @Tag("T06")
  @Test
  void takesTurnsWhereTheHostHasRoomForFewShells() throws Exception {
    for (int room : new int[] {1, 2, 3}) {
      try (HostConnection connection = cramped(room)) {
        assertThatAllAnswer(connection);
        assertThatAllAnswer(connection);
        assertThat(result(connection.act(WHO.runAs("nobody"))).stdout()).isEqualTo("nobody\n\n");
      }
    }
  }

  @Tag("Z03")
  @Test
  void aUserWhoCantBeHadLosesOnlyItsOwnAnswers() throws Exception {
    List<Command> commands =
        List.of(
            WHO,
            WHO.runAs("no-such-user"),
            WHO.runAs("nobody"),
            limited(Command.of("id", "-un")).runAs("no-such-user"),
            WHO.inDefaultShell().runAs("no-such-user"));
    for (HostConnection connection : List.of(shells.open(Local.machine()), cramped(1))) {
      for (int i = 0; i < 2; i++) {
        List<Answer> answers = connection.ask(commands);

        assertThat(result(answers.get(0)).stdout()).isEqualTo("root\n\n");
        assertThat(result(answers.get(2)).stdout()).isEqualTo("nobody\n\n");
        for (int refused : new int[] {1, 3, 4}) {
          assertThat(none(answers.get(refused)).reason()).isEqualTo(Reason.NOT_BEGUN);
          assertThat(none(answers.get(refused)).why())
              .startsWith("not begun: runuser: user no-such-user does not exist");
        }
      }
      assertThat(connection.isOpen()).isTrue();
      connection.close();
    }
  }

  @Tag("T13")
  @Test
  void whatOneUsersProcessPrintsSpoilsNobodyElsesAnswer() throws Exception {
    Command noise =
        limited(
            Command.shell("(until test -e stop; do echo noise; echo noise >&2; done) & : >begun")
                .in(dir.toString()));
    Command counts = limited(Command.shell("echo x >>log; echo fine").in(dir.toString()));
    try (HostConnection connection = shells.open(Local.machine())) {
      connection.ask(List.of(noise.runAs("nobody")));
      List<Answer> answers = connection.ask(List.of(counts, WHO.runAs("nobody"), counts));
      Files.createFile(dir.resolve("stop"));

      assertThat(result(answers.get(0)).stdout()).isEqualTo("fine\n");
      assertThat(result(answers.get(2)).stdout()).isEqualTo("fine\n");
      assertThat(result(ask(connection, WHO.runAs("nobody"))).stdout()).endsWith("nobody\n\n");
    }
    assertThat(Files.readString(dir.resolve("log"))).as("asked once each").isEqualTo("x\nx\n");
  }

  @Tag("rule-6")
  @Test
  void aStandingCheckOfOneUserIsEndedAsThatUser() throws Exception {
    Command stands =
        Command.shell("trap '' TERM; sleep 3681 & while :; do sleep 3682; done")
            .timeout(Duration.ofMillis(300))
            .runAs("nobody");
    try (HostConnection connection = shells.open(Shells.thatCanBeCut(dir, "sh"))) {
      List<Answer> answers = connection.ask(List.of(WHO, stands, WHO.runAs("nobody")));

      assertThat(result(answers.get(0)).stdout()).isEqualTo("root\n\n");
      assertThat(none(answers.get(1)).why()).isEqualTo("timed out after 0.300 s");
      assertThat(result(answers.get(2)).stdout()).isEqualTo("nobody\n\n");
      assertThat(Shells.running("sleep 3681") || Shells.running("sleep 3682")).isFalse();
    }
  }

  @Tag("rule-31")
  @Test
  void anInterruptEndsWhatRunsAsEveryUser() throws Exception {
    Command sleeps = limited(Command.shell("exec sleep 3683"));
    try (HostConnection connection = shells.open(Shells.thatCanBeCut(dir, "sh"))) {
      CompletableFuture<List<Answer>> answers = new CompletableFuture<>();
      List<Command> both = List.of(sleeps, sleeps.runAs("nobody"));
      Scheduler.Work work =
          shells.scheduler.start("ask", () -> answers.complete(connection.ask(both)));
      shells.until(() -> count("sleep 3683") == 2);
      work.interrupt();
      shells.until(answers::isDone);

      assertThat(answers.join())
          .extracting(answer -> none(answer).reason())
          .containsOnly(Reason.KILLED);
      shells.until(() -> count("sleep 3683") == 0);
    }
  }

  private static long count(String commandLine) {
    return ProcessHandle.allProcesses()
        .filter(process -> !Processes.isGone(process))
        .filter(process -> process.info().commandLine().orElse("").endsWith(commandLine))
        .count();
  }

  @Tag("rule-16")
  @Test
  void asksTheShellThatHoldsTheLockForOneUserOnly() throws Exception {
    try (HostConnection connection = cramped(1);
        Held held = connection.hold(Duration.ofMinutes(1))) {
      assertThat(held.refused()).isEmpty();
      assertThat(result(ask(connection, WHO.runAs("nobody"))).stdout()).isEqualTo("nobody\n\n");

      List<Answer> answers = connection.ask(List.of(WHO, WHO.runAs("nobody"), WHO));
      for (int other : new int[] {0, 2}) {
        assertThat(none(answers.get(other)).reason()).isEqualTo(Reason.NOT_BEGUN);
        assertThat(none(answers.get(other)).why()).contains("runs commands of another user");
      }
      assertThat(result(answers.get(1)).stdout()).isEqualTo("nobody\n\n");
      assertThat(none(held.act(WHO)).why())
          .contains("no room for a channel beside that of another");
      assertThat(result(held.act(WHO.runAs("nobody"))).stdout()).isEqualTo("nobody\n\n");
      held.close();
      assertThat(result(ask(connection, WHO)).stdout()).isEqualTo("root\n\n");
    }
  }
}
